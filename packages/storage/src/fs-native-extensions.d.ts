declare module "fs-native-extensions" {
  const extensions: {
    /** Returns true if the file of the descriptor is now locked exclusively. */
    tryLock(descriptor: number): boolean;
  };
  export default extensions;
}
