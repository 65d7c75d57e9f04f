"""Pictures: fetched, checked, decoded, upright, sized by `detail`, with a receipt. The door is `load.ImageLoader`."""
