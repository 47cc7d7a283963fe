import { createTheme, type VariantColorsResolver } from '@mantine/core';

/** The looks that the page uses, from the colours in look.css, which know light and dark. */
const looks = {
  filled: {
    background: 'var(--accent)',
    hover: 'var(--accent-strong)',
    color: 'var(--on-accent)',
    border: '1px solid transparent',
  },
  light: {
    background: 'var(--tint)',
    hover: 'var(--tint-strong)',
    color: 'var(--on-tint)',
    border: '1px solid transparent',
  },
  default: {
    background: 'var(--surface)',
    hover: 'var(--ground)',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
  },
  subtle: {
    background: 'transparent',
    hover: 'var(--tint)',
    color: 'var(--accent-ink)',
    border: '1px solid transparent',
  },
};

const variantColorResolver: VariantColorsResolver = ({ variant }) => {
  switch (variant) {
    case 'filled':
    case 'default':
    case 'subtle':
      return looks[variant];
    default:
      return looks.light;
  }
};

/** Colours, type and radius stand in look.css: the page's policy allows no style that is written into the page. */
export const theme = createTheme({
  primaryColor: 'teal',
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Button: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
  },
});
