using CustomerService.AgentConsole.Wording;
using CustomerService.Grains.Conversations;

namespace CustomerService.AgentConsole.Conversations;

/// <summary>What to call a customer of whom no name is known.</summary>
internal static class WhoWrites
{
    private const int Shown = 6;

    /// <summary>The name; else the address; a chat's address means nothing to people, so a visitor is told from others by its beginning.</summary>
    public static string Of(Words words, string? name, string? channel, string? address) =>
        name ?? (channel == ChannelNames.Chat && address is { Length: > Shown } ? words["customer.visitor", address[..Shown]] : address ?? "");
}
