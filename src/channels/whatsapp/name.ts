/** WhatsApp is one channel, whatever carries it. */
export const whatsappChannelName = 'whatsapp';
