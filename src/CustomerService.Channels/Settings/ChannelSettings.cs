using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Settings;

/// <summary>The owner's <c>channels.yaml</c>.</summary>
/// <param name="PublicUrl">Where customers' and providers' requests reach this system; null: nobody said, and provider's reports can't be asked for.</param>
public sealed record ChannelSettings(Uri? PublicUrl, ImmutableArray<AccountSettings> Accounts)
{
    public static ChannelSettings None { get; } = new(null, []);

    public ChatSettings Chat { get; init; } = ChatSettings.None;

    /// <param name="file">How messages name it.</param>
    /// <param name="environment">Finds environment variables, which have the secrets.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static ChannelSettings Parse(string text, string file, Func<string, string?> environment)
    {
        var findings = new Findings(file);
        var settings = YamlText.Read(text, findings) is { } root ? new ChannelReader(findings, environment, ChannelKinds.All).Read(root) : null;
        return settings is null || findings.HasErrors ? throw new PipelineFormatException(findings.InOrder) : settings;
    }
}
