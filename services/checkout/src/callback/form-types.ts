/** Whether a content type is that of an HTML form's post. */
export function isForm(contentType: string): boolean {
  return isUrlEncoded(contentType) || mediaTypeOf(contentType) === 'multipart/form-data';
}

/** Whether it is the form that browsers send where a page asks for no other. */
export function isUrlEncoded(contentType: string): boolean {
  return mediaTypeOf(contentType) === 'application/x-www-form-urlencoded';
}

/** Without its parameters, such as a charset. */
function mediaTypeOf(contentType: string): string | undefined {
  return contentType.split(';')[0]?.trim().toLowerCase();
}
