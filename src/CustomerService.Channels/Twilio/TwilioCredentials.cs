namespace CustomerService.Channels.Twilio;

/// <summary>Who we are to Twilio, or to whoever speaks as it does.</summary>
/// <param name="AccountSid">Also stands in every genuine webhook.</param>
/// <param name="AuthToken">Signs webhooks and opens the API.</param>
/// <param name="PreviousAuthToken">Still good for signatures while the token is being changed.</param>
public sealed record TwilioCredentials(string AccountSid, string AuthToken, string? PreviousAuthToken)
{
    /// <summary>Without the tokens: settings end up in logs.</summary>
    public override string ToString() => AccountSid;
}
