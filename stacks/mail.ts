import type { Stage } from './config/read-stage.ts';

/** What mails are sent with. */
export interface Mail {
  /** What the sending function must be allowed to use. */
  arns: $util.Input<string>[];
  /** Undefined where an existing identity brings none. */
  configurationSet: $util.Input<string> | undefined;
  /** Of a new domain: `<token>._domainkey.<domain>` has to point to `<token>.dkim.amazonses.com`. */
  dkimTokens: $util.Output<string[] | undefined> | undefined;
}

/**
 * SES's identity and the configuration set that all its mails go through. A new identity is verified by hand: by its DNS
 * records, or by the mail that SES sends to the address.
 *
 * Not SST's `Email`: it would hold up the deployment until the domain's records are there.
 */
export function createMail(stage: Stage): Mail {
  const { identity, sandboxRecipients } = stage.config.mail;
  const sandbox = sandboxRecipients.map(identityArn);
  if (identity.kind === 'existing') {
    const { name, configurationSet } = identity;
    const sets =
      configurationSet === undefined ? [] : [buildArn('configuration-set', configurationSet)];
    return {
      arns: [identityArn(name), ...sets, ...sandbox],
      configurationSet,
      dkimTokens: undefined,
    };
  }
  return createIdentity(stage, identity.name, sandbox);
}

function createIdentity(
  { names, isProduction }: Stage,
  name: string,
  sandbox: $util.Input<string>[],
): Mail {
  const set = new aws.sesv2.ConfigurationSet('MailConfigurationSet', {
    configurationSetName: names.bus,
    reputationOptions: { reputationMetricsEnabled: true },
    // SES sends nothing more to an address that bounced or complained.
    suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
  const identity = new aws.sesv2.EmailIdentity(
    'MailIdentity',
    { emailIdentity: name, configurationSetName: set.configurationSetName },
    { retainOnDelete: isProduction },
  );
  return {
    arns: [identity.arn, set.arn, ...sandbox],
    configurationSet: set.configurationSetName,
    dkimTokens: identity.dkimSigningAttributes.apply((attributes) => attributes?.tokens),
  };
}

/** The ARN of an identity of this account, whether or not it is there. */
export function identityArn(name: string): $util.Output<string> {
  return buildArn('identity', name);
}

function buildArn(kind: 'identity' | 'configuration-set', name: string): $util.Output<string> {
  const { accountId } = aws.getCallerIdentityOutput({});
  return $interpolate`arn:aws:ses:${aws.getRegionOutput({}).region}:${accountId}:${kind}/${name}`;
}
