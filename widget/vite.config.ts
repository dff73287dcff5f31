import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2021",
    outDir: "../stillnight/channels/web/widget",
    emptyOutDir: true,
    modulePreload: false,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "StillnightWidget", fileName: () => "stillnight.js" },
  },
});
