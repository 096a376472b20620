import { describe, expect, test } from 'vitest';
import { withParticles } from './particle.ts';
import { words } from './words.ts';

describe('a particle follows the last sound of', () => {
  test.each([
    ['a Korean syllable', '서브넷{을/를} 라우터{을/를}', '서브넷을 라우터를'],
    [
      'a syllable that ends on ㄹ, which takes 로',
      '서울{으로/로} 부산{으로/로} 대구{으로/로}',
      '서울로 부산으로 대구로',
    ],
    [
      'capitals, read letter by letter',
      'VPC{을/를} URL{을/를} IAM{이/가} DNS{과/와} ARN{은/는}',
      'VPC를 URL을 IAM이 DNS와 ARN은',
    ],
    [
      'a word of the field',
      'web{을/를} bucket{을/를} table{이/가} stack{은/는} subnet{으로/로}',
      'web을 bucket을 table이 stack은 subnet으로',
    ],
    [
      'a word of the field that ends open',
      'database{을/를} endpoint{이/가} key{은/는} listener{과/와} check{을/를}',
      'database를 endpoint가 key는 listener와 check를',
    ],
    [
      'a logical identifier',
      'WebSubnetA{을/를} PublicVpc{이/가} WebAutoScalingGroup{은/는}',
      'WebSubnetA를 PublicVpc가 WebAutoScalingGroup은',
    ],
    [
      'a digit',
      '0{을/를} 1{으로/로} 2{을/를} 3{이/가} 4{은/는} 5{을/를} 6{으로/로} 7{으로/로} 8{으로/로} 9{이/가} 10{으로/로}',
      '0을 1로 2를 3이 4는 5를 6으로 7로 8로 9가 10으로',
    ],
    ['a name that ends on a digit', 'S3{을/를} EC2{이/가} IPv4{은/는} IPv6{으로/로}', 'S3를 EC2가 IPv4는 IPv6로'],
    [
      'an address',
      '172.16.1.124{으로/로} 10.10.0.0/16{으로/로} 0.0.0.0/0{을/를}',
      '172.16.1.124로 10.10.0.0/16으로 0.0.0.0/0을',
    ],
    ['a sum of money', '₩30,000{으로/로} $0.45{으로/로} 100%{으로/로}', '₩30,000으로 $0.45로 100%로'],
    [
      'a name in brackets',
      '172.16.1.124 (database){으로/로} web (10.0.0.1){을/를}',
      '172.16.1.124 (database)로 web (10.0.0.1)을',
    ],
    ['a name in quotes', '"Nope"{이라/라}는 “false”{이어야/여야}', '"Nope"라는 “false”여야'],
  ])('%s', (_, open, closed) => {
    expect(withParticles(open)).toBe(closed);
  });

  test('braces that hold no particle stay', () => {
    expect(withParticles('{{resolve:ssm:이름}} {"a":1}{은/는}')).toBe('{{resolve:ssm:이름}} {"a":1}은');
  });

  test('words() closes every particle that is left open', () => {
    expect(words('the subnet', 'web/0{을/를} 서브넷{으로/로}').ko).toBe('web/0을 서브넷으로');
  });
});
