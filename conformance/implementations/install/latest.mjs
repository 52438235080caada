export async function tryLatest() {}
