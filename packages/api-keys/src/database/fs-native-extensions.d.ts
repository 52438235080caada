declare module "fs-native-extensions" {
  const extensions: {
    /** Whether the file of the descriptor is now locked for it alone. */
    tryLock(descriptor: number): boolean;
  };
  export default extensions;
}
