import { describe } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { out, table } from '../refusals.fixture.ts';

const policy = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const behavior = { TargetOriginId: 'site', ViewerProtocolPolicy: 'redirect-to-https', CachePolicyId: policy };
const base = {
  D: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [
          { Id: 'site', DomainName: 'www.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } },
        ],
        DefaultCacheBehavior: behavior,
      },
    },
  },
};
const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/one';
const config = (more: JsonObject) =>
  Object.fromEntries(Object.entries(more).map(([key, value]) => [`DistributionConfig.${key}`, value])) as never;
const origin = (more: JsonObject) =>
  config({
    'Origins.0': {
      Id: 'site',
      DomainName: 'www.example.com',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
      ...more,
    },
  });
const default_ = (more: JsonObject) => config({ DefaultCacheBehavior: { ...behavior, ...more } });
const viewer = (more: JsonObject) => config({ ViewerCertificate: more });
const custom = (more: JsonObject) => origin({ CustomOriginConfig: { OriginProtocolPolicy: 'https-only', ...more } });
const c = (path: string) => `DistributionConfig.${path}`;

describe('a distribution', () => {
  table(base, 'D', [
    [
      c('DefaultCacheBehavior.CachePolicyId'),
      default_({ CachePolicyId: 'my policy' }),
      default_({ CachePolicyId: policy }),
    ],
    [c('DefaultCacheBehavior.TargetOriginId'), default_({ TargetOriginId: 'page' }), default_({ Compress: true })],
    [
      c('DefaultCacheBehavior.ViewerProtocolPolicy'),
      default_({ ViewerProtocolPolicy: 'https' }),
      default_({ ViewerProtocolPolicy: 'https-only' }),
    ],
    [
      c('DefaultCacheBehavior'),
      default_({ CachePolicyId: out }),
      default_({ CachePolicyId: out, ForwardedValues: { QueryString: false } }),
    ],
    [
      c('DefaultCacheBehavior.ForwardedValues'),
      default_({ ForwardedValues: { QueryString: false } }),
      default_({ CachePolicyId: out, ForwardedValues: { QueryString: true } }),
    ],
    [
      c('DefaultCacheBehavior.DefaultTTL'),
      default_({ DefaultTTL: 60 }),
      default_({ CachePolicyId: out, ForwardedValues: { QueryString: true }, DefaultTTL: 60 }),
    ],
    [
      c('DefaultCacheBehavior.AllowedMethods'),
      default_({ AllowedMethods: ['GET'] }),
      default_({ AllowedMethods: ['GET', 'HEAD'] }),
    ],
    [
      c('DefaultCacheBehavior.AllowedMethods'),
      default_({ AllowedMethods: ['GET', 'HEAD', 'POST'] }),
      default_({ AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'] }),
    ],
    [
      c('DefaultCacheBehavior.CachedMethods'),
      default_({ CachedMethods: ['GET', 'POST'] }),
      default_({ CachedMethods: ['GET', 'HEAD'] }),
    ],
    [
      c('CacheBehaviors.0'),
      config({ CacheBehaviors: [{ ...behavior }] }),
      config({ CacheBehaviors: [{ ...behavior, PathPattern: '/api/*' }] }),
    ],
    [
      c('CacheBehaviors.1.PathPattern'),
      config({
        CacheBehaviors: [
          { ...behavior, PathPattern: '/a' },
          { ...behavior, PathPattern: '/a' },
        ],
      }),
      config({
        CacheBehaviors: [
          { ...behavior, PathPattern: '/a' },
          { ...behavior, PathPattern: '/b' },
        ],
      }),
    ],
    [
      c('CacheBehaviors.0.TargetOriginId'),
      config({ CacheBehaviors: [{ ...behavior, TargetOriginId: 'api', PathPattern: '/api/*' }] }),
      config({ CacheBehaviors: [] }),
    ],
    [
      c('Origins.1.Id'),
      config({
        Origins: [
          { Id: 'site', DomainName: 'a.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } },
          { Id: 'site', DomainName: 'b.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } },
        ],
      }),
      config({
        Origins: [
          { Id: 'site', DomainName: 'a.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } },
          { Id: 'api', DomainName: 'b.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } },
        ],
      }),
    ],
    [
      c('Origins.0.DomainName'),
      origin({ DomainName: 'https://www.example.com' }),
      origin({ DomainName: 'www.example.com' }),
    ],
    [
      c('Origins.0.DomainName'),
      origin({ DomainName: '203.0.113.9' }),
      origin({ DomainName: 'ec2-203-0-113-9.compute.amazonaws.com' }),
    ],
    [c('Origins.0.DomainName'), origin({ DomainName: 'www.example.com/path' }), origin({ OriginPath: '/path' })],
    [c('Origins.0.OriginPath'), origin({ OriginPath: 'path' }), origin({ OriginPath: '/path' })],
    [c('Origins.0.OriginPath'), origin({ OriginPath: '/path/' }), origin({ OriginPath: '/a/b' })],
    [
      c('Origins.0'),
      origin({ CustomOriginConfig: out }),
      origin({ CustomOriginConfig: out, S3OriginConfig: {}, DomainName: 'a.s3.ap-northeast-2.amazonaws.com' }),
    ],
    [c('Origins.0.S3OriginConfig'), origin({ S3OriginConfig: {} }), origin({})],
    [
      c('Origins.0.CustomOriginConfig.OriginProtocolPolicy'),
      custom({ OriginProtocolPolicy: 'https' }),
      custom({ OriginProtocolPolicy: 'match-viewer' }),
    ],
    [c('Origins.0.CustomOriginConfig.HTTPPort'), custom({ HTTPPort: 22 }), custom({ HTTPPort: 8080 })],
    [
      c('Origins.0.CustomOriginConfig.OriginReadTimeout'),
      custom({ OriginReadTimeout: 0 }),
      custom({ OriginReadTimeout: 60 }),
    ],
    [c('Origins.0.ConnectionAttempts'), origin({ ConnectionAttempts: 4 }), origin({ ConnectionAttempts: 3 })],
    [c('Origins.0.ConnectionTimeout'), origin({ ConnectionTimeout: 11 }), origin({ ConnectionTimeout: 10 })],
    [c('Origins'), config({ Origins: [] }), origin({})],
    [c('PriceClass'), config({ PriceClass: 'PriceClass_300' }), config({ PriceClass: 'PriceClass_200' })],
    [c('HttpVersion'), config({ HttpVersion: 'http4' }), config({ HttpVersion: 'http2and3' })],
    [c('DefaultRootObject'), config({ DefaultRootObject: '/index.html' }), config({ DefaultRootObject: 'index.html' })],
    [c('Comment'), config({ Comment: 'a'.repeat(129) }), config({ Comment: 'a'.repeat(128) })],
    [
      c('Aliases'),
      config({ Aliases: ['shop.example.com'] }),
      config({
        Aliases: ['shop.example.com'],
        ViewerCertificate: { AcmCertificateArn: certificate, SslSupportMethod: 'sni-only' },
      }),
    ],
    [
      c('ViewerCertificate.AcmCertificateArn'),
      viewer({ AcmCertificateArn: certificate.replace('us-east-1', 'ap-northeast-2'), SslSupportMethod: 'sni-only' }),
      viewer({ AcmCertificateArn: certificate, SslSupportMethod: 'sni-only' }),
    ],
    [
      c('ViewerCertificate'),
      viewer({ AcmCertificateArn: certificate }),
      viewer({ AcmCertificateArn: certificate, SslSupportMethod: 'vip' }),
    ],
    [
      c('ViewerCertificate.CloudFrontDefaultCertificate'),
      viewer({ AcmCertificateArn: certificate, SslSupportMethod: 'sni-only', CloudFrontDefaultCertificate: true }),
      viewer({ CloudFrontDefaultCertificate: true }),
    ],
    [
      c('ViewerCertificate.MinimumProtocolVersion'),
      viewer({ AcmCertificateArn: certificate, SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.4' }),
      viewer({ AcmCertificateArn: certificate, SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' }),
    ],
    [
      c('CustomErrorResponses.0.ErrorCode'),
      config({ CustomErrorResponses: [{ ErrorCode: 418 }] }),
      config({ CustomErrorResponses: [{ ErrorCode: 404 }] }),
    ],
    [
      c('CustomErrorResponses.0'),
      config({ CustomErrorResponses: [{ ErrorCode: 404, ResponsePagePath: '/a.html' }] }),
      config({ CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/a.html' }] }),
    ],
    [
      c('WebACLId'),
      config({ WebACLId: 'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/a/b' }),
      config({ WebACLId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b' }),
    ],
    [
      c('Restrictions.GeoRestriction.RestrictionType'),
      config({ Restrictions: { GeoRestriction: { RestrictionType: 'allow', Locations: ['KR'] } } }),
      config({ Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['KR'] } } }),
    ],
    [
      c('Restrictions.GeoRestriction'),
      config({ Restrictions: { GeoRestriction: { RestrictionType: 'whitelist' } } }),
      config({ Restrictions: { GeoRestriction: { RestrictionType: 'none' } } }),
    ],
    [
      c('Logging.Bucket'),
      config({ Logging: { Bucket: 'logs' } }),
      config({ Logging: { Bucket: 'logs.s3.amazonaws.com' } }),
    ],
    [
      c('OriginGroups.Items.0.Members.Items'),
      config({
        OriginGroups: {
          Quantity: 1,
          Items: [
            {
              Id: 'both',
              FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [500] } },
              Members: { Quantity: 1, Items: [{ OriginId: 'site' }] },
            },
          ],
        },
      }),
      config({ Staging: false }),
    ],
  ]);
});
