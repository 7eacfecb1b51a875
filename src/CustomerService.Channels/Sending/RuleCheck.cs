using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Sending;

/// <summary>Whether a message may go out now, by the rules of its channel.</summary>
public abstract record RuleCheck
{
    /// <summary>An answer that comes so soon after the customer's message disturbs nobody: they are there.</summary>
    public static readonly TimeSpan Conversing = TimeSpan.FromMinutes(15);

    private RuleCheck()
    {
    }

    /// <param name="OutsideWindow">Only in the way that the channel allows then: as a template, or marked as written by a person.</param>
    public sealed record Allowed(bool OutsideWindow) : RuleCheck;

    public sealed record NotBefore(DateTimeOffset At, string Reason) : RuleCheck;

    public sealed record Forbidden(string Reason) : RuleCheck;

    public static RuleCheck Of(ChannelRules rules, AttemptPermit permit, DateTimeOffset now)
    {
        if (permit.OptedOut)
            return new Forbidden("the customer asked not to be written to on this channel; reach them otherwise, until they want it again");
        if (Size(rules, permit.Message) is { } reason)
            return new Forbidden(reason);

        var sinceInbound = now - permit.Inbound.ReceivedAt;
        var outside = rules.ReplyWindow is { } window && sinceInbound > window;
        if (outside && !rules.HasTemplate && !IsPersonal(rules, permit.Message, sinceInbound))
            return new Forbidden(TooLate(rules, permit.Message, sinceInbound));
        return rules.QuietHours?.EndAt(now) is { } end && sinceInbound > Conversing
            ? new NotBefore(end, $"quiet hours until {TimeZoneInfo.ConvertTime(end, rules.QuietHours.Zone):HH:mm}")
            : new Allowed(outside);
    }

    private static bool IsPersonal(ChannelRules rules, Outbound message, TimeSpan sinceInbound) =>
        message.Author == Author.Agent && rules.AgentReplyWindow is { } longer && sinceInbound <= longer;

    private static string TooLate(ChannelRules rules, Outbound message, TimeSpan sinceInbound)
    {
        var late = $"the customer last wrote {Words(sinceInbound)} ago, and this channel allows answers for {Words(rules.ReplyWindow!.Value)}";
        if (rules.AgentReplyWindow is not { } longer)
            return $"{late}; give the account a template, or reach them otherwise";
        return $"{late}, and those of people for {Words(longer)}; {(message.Author == Author.Agent || sinceInbound > longer ? "reach them otherwise" : "a person has to write it")}";
    }

    private static string? Size(ChannelRules rules, Outbound message)
    {
        if (message.Text.Length > rules.MaxCharacters)
            return $"the message has {message.Text.Length} characters, and this channel takes {rules.MaxCharacters}; shorten it, or send it in several messages";
        if (message.Attachments.Length > 0 && rules is { MaxAttachments: 0, WhyNoFiles: { } why })
            return why;
        if (message.Attachments.Length > rules.MaxAttachments)
            return $"the message has {message.Attachments.Length} files, and this channel takes {rules.MaxAttachments}; send {(rules.MaxAttachments == 0 ? "a link to them" : "them in several messages")}";
        foreach (var file in message.Attachments)
        {
            if (file.Bytes > rules.MaxAttachmentBytes)
                return $"the file {file.Name} has {file.Bytes:N0} bytes, and this channel takes {rules.MaxAttachmentBytes:N0}; send a smaller one, or a link";
            if (!rules.MediaTypes.IsEmpty && !rules.MediaTypes.Any(allowed => Fits(allowed, file.MediaType)))
                return $"the file {file.Name} is {file.MediaType}, and this channel takes {string.Join(", ", rules.MediaTypes)}; send it as one of these, or a link";
        }

        return null;
    }

    private static bool Fits(string allowed, string mediaType) => allowed.EndsWith("/*", StringComparison.Ordinal)
        ? mediaType.StartsWith(allowed[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(allowed, mediaType, StringComparison.OrdinalIgnoreCase);

    private static string Words(TimeSpan time) => time.TotalHours >= 48 ? $"{time.TotalDays:0} days" : time.TotalMinutes >= 120 ? $"{time.TotalHours:0} hours" : $"{time.TotalMinutes:0} minutes";
}
