/** An icon of `@vscode/codicons`, as a data URL: that is how the bundler hands it over. */
declare module '*.svg' {
  const url: string;
  export default url;
}

/** A style sheet: the bundler puts it into the file beside the script. */
declare module '*.css';
