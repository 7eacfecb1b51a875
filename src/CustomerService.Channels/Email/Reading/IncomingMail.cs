using System.Collections.Immutable;
using MimeKit;

namespace CustomerService.Channels.Email.Reading;

/// <summary>What a mail is to us.</summary>
internal abstract record IncomingMail
{
    private IncomingMail()
    {
    }

    /// <summary>Somebody wrote to us.</summary>
    public sealed record Letter(LetterHead Head, LetterBody Body) : IncomingMail;

    /// <summary>A mail system, or the customer's mail program, tells what became of a mail of ours.</summary>
    /// <param name="MailId">The Message-ID of ours.</param>
    public sealed record Report(string MailId, ReportedFate Fate, string? Reason) : IncomingMail;

    /// <summary>Nobody waits for an answer to it, and answering could go round in circles.</summary>
    /// <param name="Why">For the log.</param>
    public sealed record Ignored(string Why) : IncomingMail;

    /// <summary>It may be somebody's, and can't be answered or understood; a person has to look.</summary>
    public sealed record Unusable(string Why) : IncomingMail;
}

/// <summary>What became of a mail of ours.</summary>
internal enum ReportedFate
{
    Delivered,
    Read,
    Failed,
}

/// <summary>What stands over a letter.</summary>
/// <param name="Id">Tells it from every other mail, also from others of the same Message-ID.</param>
/// <param name="MessageId">Without its brackets; null where it has none that can be named.</param>
/// <param name="Address">Who is answered, which is who it counts as from: otherwise somebody could have another one's answers.</param>
/// <param name="Answers">The mails that it names as those it answers, nearest first.</param>
/// <param name="References">All that its answer should name, oldest first.</param>
/// <param name="Tokens">Of conversations, from the addresses that it was sent to.</param>
internal sealed record LetterHead(
    string Id, string? MessageId, string Address, string Name, string Subject, ImmutableArray<string> Answers, ImmutableArray<string> References, ImmutableArray<string> Tokens);

/// <param name="Text">What its writer says in it: without what is quoted, and without signatures.</param>
/// <param name="Original">All of it for reading; null where <paramref name="Text"/> is all.</param>
internal sealed record LetterBody(string Text, OriginalText? Original, ImmutableArray<MailFile> Files);

/// <param name="IsHtml">Whether it is HTML, harmless already.</param>
internal sealed record OriginalText(string Text, bool IsHtml);

/// <summary>A file of a mail.</summary>
/// <param name="Write">Writes what is in it.</param>
internal sealed record MailFile(string Name, string MediaType, Action<Stream> Write)
{
    public static MailFile Of(string name, MimePart part) => new(name, part.ContentType.MimeType.ToLowerInvariant(), stream => part.Content?.DecodeTo(stream));
}
