// The bundler collects the imported styles into one file.
declare module "*.css";
