/** Whether a text is a day of the calendar as YYYY-MM-DD. */
export function isDate(value: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(value);
}
