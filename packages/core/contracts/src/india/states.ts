/**
 * The States and Union Territories of India by their code in the goods and services tax: the first two digits of a GSTIN, and
 * the place of supply on an invoice. With the two codes that are no place in India, 38.
 *
 * `secondHead`: what stands beside CGST on an invoice within the place. Union Territories without a legislature charge
 * UTGST; Delhi, Puducherry, and Jammu and Kashmir have one, and charge SGST.
 */
export const indianStates = [
  { code: '01', name: 'Jammu and Kashmir', secondHead: 'SGST' },
  { code: '02', name: 'Himachal Pradesh', secondHead: 'SGST' },
  { code: '03', name: 'Punjab', secondHead: 'SGST' },
  { code: '04', name: 'Chandigarh', secondHead: 'UTGST' },
  { code: '05', name: 'Uttarakhand', secondHead: 'SGST' },
  { code: '06', name: 'Haryana', secondHead: 'SGST' },
  { code: '07', name: 'Delhi', secondHead: 'SGST' },
  { code: '08', name: 'Rajasthan', secondHead: 'SGST' },
  { code: '09', name: 'Uttar Pradesh', secondHead: 'SGST' },
  { code: '10', name: 'Bihar', secondHead: 'SGST' },
  { code: '11', name: 'Sikkim', secondHead: 'SGST' },
  { code: '12', name: 'Arunachal Pradesh', secondHead: 'SGST' },
  { code: '13', name: 'Nagaland', secondHead: 'SGST' },
  { code: '14', name: 'Manipur', secondHead: 'SGST' },
  { code: '15', name: 'Mizoram', secondHead: 'SGST' },
  { code: '16', name: 'Tripura', secondHead: 'SGST' },
  { code: '17', name: 'Meghalaya', secondHead: 'SGST' },
  { code: '18', name: 'Assam', secondHead: 'SGST' },
  { code: '19', name: 'West Bengal', secondHead: 'SGST' },
  { code: '20', name: 'Jharkhand', secondHead: 'SGST' },
  { code: '21', name: 'Odisha', secondHead: 'SGST' },
  { code: '22', name: 'Chhattisgarh', secondHead: 'SGST' },
  { code: '23', name: 'Madhya Pradesh', secondHead: 'SGST' },
  { code: '24', name: 'Gujarat', secondHead: 'SGST' },
  { code: '26', name: 'Dadra and Nagar Haveli and Daman and Diu', secondHead: 'UTGST' },
  { code: '27', name: 'Maharashtra', secondHead: 'SGST' },
  { code: '29', name: 'Karnataka', secondHead: 'SGST' },
  { code: '30', name: 'Goa', secondHead: 'SGST' },
  { code: '31', name: 'Lakshadweep', secondHead: 'UTGST' },
  { code: '32', name: 'Kerala', secondHead: 'SGST' },
  { code: '33', name: 'Tamil Nadu', secondHead: 'SGST' },
  { code: '34', name: 'Puducherry', secondHead: 'SGST' },
  { code: '35', name: 'Andaman and Nicobar Islands', secondHead: 'UTGST' },
  { code: '36', name: 'Telangana', secondHead: 'SGST' },
  { code: '37', name: 'Andhra Pradesh', secondHead: 'SGST' },
  { code: '38', name: 'Ladakh', secondHead: 'UTGST' },
  // The sea beyond the coastal waters, and what no State is: it is taxed as another State is.
  { code: '97', name: 'Other Territory', secondHead: 'UTGST' },
  // A sale abroad is an export with rules of its own: nothing is sold there.
  { code: '96', name: 'Other Countries', secondHead: 'SGST' },
] as const;

export type StateCode = (typeof indianStates)[number]['code'];
export interface IndianState {
  code: StateCode;
  name: string;
  secondHead: 'SGST' | 'UTGST';
}

/** The code of a sale to a buyer abroad. */
const ABROAD: StateCode = '96';

/** Where a buyer may be: all but abroad, by name. */
export const statesOfBuyers: readonly IndianState[] = indianStates
  .filter(({ code }) => code !== ABROAD)
  .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));

/** The State of a code, undefined where there is none. */
export function findState(code: string): IndianState | undefined {
  return indianStates.find((state) => state.code === code);
}

export function isStateCode(code: string): code is StateCode {
  return findState(code) !== undefined;
}
