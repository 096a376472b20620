import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::PrefixList': real(words('Ranges that rules and routes name.', '규칙과 경로가 가리키는 대역 목록입니다.'), {
    acts: 'Entries AddressFamily',
    modelled: 'PrefixListName MaxEntries',
  }),
};
