/** The region's authority alone: a program that reads this and not all that the host trusts starts twice as fast. */
export const authorityFile = '/etc/pki/ca-trust/source/anchors/terrace.pem';
