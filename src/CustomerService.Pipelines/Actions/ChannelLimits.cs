using System.Collections.Frozen;
using CustomerService.Grains.Conversations;

namespace CustomerService.Pipelines.Actions;

/// <summary>How much text one message of a channel can carry, in characters.</summary>
internal static class ChannelLimits
{
    private static readonly FrozenDictionary<string, int> Characters = new Dictionary<string, int>
    {
        [ChannelNames.Chat] = 10_000,
        [ChannelNames.Email] = 100_000,
        [ChannelNames.Voice] = 3_000,
        [ChannelNames.Sms] = 1_600,
        [ChannelNames.Social] = 2_000,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static int Of(string channel) => Characters.GetValueOrDefault(channel, 1_600);
}
