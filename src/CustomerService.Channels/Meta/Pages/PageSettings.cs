using CustomerService.Channels.Accounts;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Meta.Pages;

/// <summary>A page of ours at Facebook, or a professional account at Instagram.</summary>
/// <param name="Id">As webhooks name it.</param>
public sealed record PageSettings(string Name, MetaApp App, PageNetwork Network, string Id) : AccountSettings(Name), IMetaSettings
{
    public override string Channel => ChannelNames.Social;

    public override bool IsCalledLike(AccountSettings other) => App.IsAppOf(other);

    public override IChannelAccount Open(AccountParts parts) => new PageAccount(this, parts);
}
