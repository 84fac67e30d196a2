// Only text can be sent yet: a file that is dropped or pasted is answered, and never opens over the page.

/** @param {() => void} told  says that files cannot be sent */
export function refuseFiles(told) {
  addEventListener("dragover", (event) => hasFiles(event.dataTransfer) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    told();
  });
  addEventListener("paste", ({ clipboardData }) => {
    if (hasFiles(clipboardData) && !clipboardData?.getData("text")) told(); // a picture beside its words is words
  });
}

/** @param {DataTransfer | null} data */
const hasFiles = (data) => !!data?.types.includes("Files");
