using System.Collections.Immutable;
using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Accounts;

/// <summary>A kind of account, such as <c>twilio-sms</c>: how its settings are read. A new channel begins here, and in <see cref="ChannelKinds"/>.</summary>
internal interface IAccountKind
{
    /// <summary>What stands after <c>kind:</c>.</summary>
    string Name { get; }

    /// <summary>The keys that its map may have, besides <c>kind</c> and <c>rules</c>.</summary>
    ImmutableArray<string> Keys { get; }

    /// <summary>Reads an account; null where it can't be used, which was reported then.</summary>
    AccountSettings? Read(string name, MappingReader map, AccountReading reading);
}
