namespace CustomerService.Integrations.Webhooks;

/// <summary>Where to post, and the secret that proves it was us.</summary>
/// <param name="Address">An http or https address. Nothing is ever posted elsewhere: redirects are not followed.</param>
/// <param name="Secret">Shared with the receiver, at least <see cref="LeastSecret"/> characters.</param>
public sealed record WebhookSettings(Uri Address, string Secret)
{
    public const int LeastSecret = 16;

    /// <summary>The longest wait for an answer. 10 seconds when not given.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where, and never the secret.</summary>
    public override string ToString() => Address.ToString();

    /// <summary>Refuses what can't work.</summary>
    /// <exception cref="ArgumentException">A setting cannot be used; the message names it and the fix.</exception>
    public void Check()
    {
        if (!Address.IsAbsoluteUri || (Address.Scheme != Uri.UriSchemeHttp && Address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException($"The webhook's address '{Address}' must begin with https:// or http://.");
        if (Address.UserInfo.Length > 0)
            throw new ArgumentException("The webhook's address must hold no user name or password; the signature proves who posts.");
        if (Secret.Length < LeastSecret)
            throw new ArgumentException($"The webhook's secret must have at least {LeastSecret} characters; make one with: openssl rand -hex 32.");
        if (Timeout <= TimeSpan.Zero)
            throw new ArgumentException("The webhook's timeout must be more than zero; 10 seconds is usual.");
    }
}
