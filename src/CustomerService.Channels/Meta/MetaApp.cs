namespace CustomerService.Channels.Meta;

/// <summary>Settings of an account that an app of ours at Meta speaks for.</summary>
public interface IMetaSettings
{
    MetaApp App { get; }
}

/// <summary>Our app at Meta, or at whoever speaks as it does, and the access to one page or number.</summary>
/// <param name="Api">The Graph API, with its version, such as <c>https://graph.facebook.com/v23.0</c>.</param>
/// <param name="AppSecret">Signs webhooks, and proves that requests with the access token are ours.</param>
/// <param name="PreviousAppSecret">Still good for webhooks while the secret is being changed.</param>
/// <param name="VerifyToken">What Meta says when it asks whether we are there.</param>
public sealed record MetaApp(Uri Api, string AccessToken, string AppSecret, string? PreviousAppSecret, string VerifyToken)
{
    /// <summary>Whether Meta signs its calls for both alike.</summary>
    public bool IsAppOf(Accounts.AccountSettings settings) => settings is IMetaSettings meta && meta.App.AppSecret == AppSecret;

    /// <summary>Without the secrets: settings end up in logs.</summary>
    public override string ToString() => Api.AbsoluteUri;
}
