# Every step that does something is an npm script. "npm run check:production" reads this file and takes the same steps in clean folders,
# as a user without rights; it understands the instructions used here and refuses others.

FROM node:24-bookworm-slim AS pages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY vite.config.ts tsconfig.json ./
COPY scripts scripts
COPY locales locales
COPY src src
COPY web web
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY scripts scripts
COPY locales locales
COPY examples examples
COPY src src
COPY --from=pages /app/dist dist
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["npm", "run", "--silent", "healthcheck"]
CMD ["npm", "start"]
