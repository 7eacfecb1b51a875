using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CustomerService.Gateway.Attachments;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Explanations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Staff;

/// <summary>Conversations for staff's pages in this process: the same that the staff's door gives to requests. Who may see and do what is the caller's to check.</summary>
public sealed class StaffConversations
{
    private const int MessagesSuggestedFrom = 10;
    private readonly ConversationReader _reader;
    private readonly ChannelGate _channel;
    private readonly DraftGate _gate;
    private readonly TypingSignals _typing;
    private readonly IJournal _journal;
    private readonly AttachmentDesk _files;
    private readonly IReplySuggestions? _suggestions;
    private readonly IDraftTranslation? _translation;
    private readonly ColleagueSignals _colleagues;
    private readonly NoteMentions _mentions;

    internal StaffConversations(IServiceProvider services)
    {
        _reader = services.GetRequiredService<ConversationReader>();
        _channel = services.GetRequiredService<ChannelGate>();
        _gate = services.GetRequiredService<DraftGate>();
        _typing = services.GetRequiredService<TypingSignals>();
        _journal = services.GetRequiredService<IJournal>();
        _files = services.GetRequiredService<AttachmentDesk>();
        _suggestions = services.GetService<IReplySuggestions>();
        _translation = services.GetService<IDraftTranslation>();
        _colleagues = services.GetRequiredService<ColleagueSignals>();
        _mentions = services.GetRequiredService<NoteMentions>();
    }

    /// <summary>Whether replies are suggested in this process, which they are where pipelines run.</summary>
    public bool Suggests => _suggestions is not null;

    /// <summary>The conversation as it stands, and its messages after a sequence, at most so many.</summary>
    /// <param name="language">Of what is said about its place in a line, ISO 639-1.</param>
    /// <exception cref="ProblemException">There is no such conversation.</exception>
    public async ValueTask<ConversationPage> ReadAsync(string id, long after, int limit, string language, CancellationToken cancellation = default)
    {
        var view = await _reader.FindAsync(Ids.Checked("id", id)!, Caller.Staff.Inside, cancellation);
        return await _reader.PageAsync(view, after, limit, Caller.Staff.Inside, language, cancellation);
    }

    /// <summary>When and why it was erased; null: it was not, or somebody has written since.</summary>
    public ValueTask<ErasedConversation?> FindErasureAsync(string id, CancellationToken cancellation = default) => _reader.FindErasureAsync(Ids.Checked("id", id)!, cancellation);

    /// <summary>Comes back each time that something happened in the conversation, at once the first time. Several things at once are one time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<JournalEntry>> ChangesAsync(string id, long afterSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var batch in JournalFollower.FollowAsync(_journal, Grain.Conversation(id), afterSequence, cancellation))
        {
            if (batch.Count > 0)
                yield return batch;
        }
    }

    /// <summary>Calls back when the customer, the assistant or a colleague is seen typing, until disposed.</summary>
    public IDisposable OnTyping(string id, Action<string> who) => _typing.Subscribe(id, side => who(side.ToString().ToLowerInvariant()));

    /// <summary>Shows the customer that an answer is being written.</summary>
    public void Typing(string id) => _typing.Report(id, TypingSide.Agent);

    /// <summary>Shows colleagues that somebody has the conversation open, and calls back with who else has, each time that it changes, until disposed.</summary>
    public IColleaguesSeen Open(string id, StaffMember who, Action<ImmutableArray<Colleague>> changed) => _colleagues.Watch(id, who.Id, who.Name, changed);

    /// <summary>Everybody who can be named in a private note, by name.</summary>
    public ValueTask<ImmutableArray<Mentionable>> MentionableAsync(CancellationToken cancellation = default) => _mentions.PeopleAsync(cancellation);

    /// <summary>A private note as a command, with whom it names.</summary>
    /// <exception cref="ProblemException">It is empty or too long.</exception>
    public async ValueTask<AddNote> NoteAsync(string agentId, string? text, CancellationToken cancellation = default) =>
        await _mentions.NoteAsync(agentId, MessageIntake.CheckedText(text), cancellation);

    /// <summary>Keeps the request's body as a file for a reply.</summary>
    /// <exception cref="ProblemException">It is too large, or empty.</exception>
    public Task<UploadedFile> KeepFileAsync(string name, HttpRequest request) => _files.KeepAsync(AttachmentTickets.Staff, name, request, request.HttpContext.RequestAborted);

    /// <summary>The files of these tickets, for a reply; from now on they are kept for good.</summary>
    /// <exception cref="ProblemException">There are too many, or one was uploaded too long ago.</exception>
    public ValueTask<ImmutableArray<Attachment>> TakeFilesAsync(ImmutableArray<string> tickets, CancellationToken cancellation = default) =>
        _files.TakeAsync(AttachmentTickets.Staff, tickets, cancellation);

    /// <summary>What the customer would get of a draft.</summary>
    /// <param name="from">What it is written in, ISO 639-1.</param>
    /// <returns>The translation; or why there is none.</returns>
    /// <exception cref="ProblemException">It is empty or too long.</exception>
    public async ValueTask<(TranslatedDraft? Draft, string? Reason)> TranslateAsync(string id, string agentId, string? text, string from, CancellationToken cancellation = default)
    {
        var draft = MessageIntake.CheckedText(text);
        var view = await _reader.FindAsync(Ids.Checked("id", id)!, Caller.Staff.Inside, cancellation);
        return view.CustomerLanguage is not { } to ? (null, "it is not known what the customer reads")
            : to == from ? (new TranslatedDraft(draft, to, ""), null)
            : _translation is null ? (null, "nothing is translated here")
            : await _translation.TranslateAsync(view, agentId, draft, from, to, cancellation);
    }

    /// <summary>What is to be said of a draft before it is sent.</summary>
    /// <exception cref="ProblemException">There are no rules to hold it against, or it is empty or too long.</exception>
    public async ValueTask<DraftReview> ReviewAsync(string id, string? text, CancellationToken cancellation = default)
    {
        var draft = MessageIntake.CheckedText(text);
        return await _gate.ReviewAsync(await _reader.FindAsync(Ids.Checked("id", id)!, Caller.Staff.Inside, cancellation), draft, cancellation);
    }

    /// <summary>The command that sends a reply, once the channel would take it and the owner's rules let it pass.</summary>
    /// <param name="reply">Its id is the message's own: the same again sends nothing twice. What it says may be empty where it has files.</param>
    /// <param name="anyway">Why it goes out although it was held; null: it was not. Empty: no reason was given.</param>
    /// <exception cref="ProblemException"><c>channel_refuses</c>, <c>draft_held</c> with the findings, or the text can't be sent as it is.</exception>
    public async ValueTask<Command> ReplyAsync(string id, SendAgentReply reply, string? anyway, CancellationToken cancellation = default)
    {
        await _channel.PassAsync(
            Ids.Checked("id", id)!, reply.AgentId, new Outbound(0, reply.MessageId, Author.Agent, reply.Text, null) { Attachments = reply.Attachments }, cancellation);
        return reply with
        {
            Id = reply.MessageId,
            Anyway = reply.Text.Length == 0
                ? null
                : await _gate.PassAsync(id, new DraftToSend(reply.AgentId, reply.Text, reply.Language, anyway is not null, anyway), cancellation),
        };
    }

    /// <summary>A reply as the assistant would write it, piece by piece.</summary>
    /// <exception cref="ProblemException">Nothing is suggested in this process, or there is nothing to answer.</exception>
    public async IAsyncEnumerable<SuggestionNews> SuggestAsync(string id, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (_suggestions is null)
            throw Problems.Refused(new Refused("no_suggestions", "Replies are suggested where pipelines run, and none run in this process: ask a silo."));
        var view = await _reader.FindAsync(Ids.Checked("id", id)!, Caller.Staff.Inside, cancellation);
        var page = await _reader.PageAsync(view, Math.Max(0, view.LastSequence - MessagesSuggestedFrom), MessagesSuggestedFrom, Caller.Staff.Inside, CallerLanguage.Default, cancellation);
        if (!page.Messages.Any(message => message.Author == "customer"))
            throw Problems.Refused(new Refused("nothing_to_answer", "The customer has not written lately, so there is nothing to suggest an answer to."));
        await foreach (var news in _suggestions.SuggestAsync(view, page.Messages, cancellation))
            yield return news;
    }

    /// <summary>A message's file, as the answer to a request.</summary>
    /// <exception cref="ProblemException">There is no such conversation or file.</exception>
    public async Task<IResult> FileAsync(string id, string reference, HttpContext context) =>
        await AttachmentEndpoints.SendAsync(await _reader.FindAsync(Ids.Checked("id", id)!, Caller.Staff.Inside, context.RequestAborted), reference, context, _reader, _files, context.RequestAborted);

    /// <summary>What the pipeline did, message by message.</summary>
    public ValueTask<ConversationTrace> TraceAsync(string id, CancellationToken cancellation = default) => _reader.TraceAsync(id, cancellation);

    /// <summary>Why the conversation went where it went.</summary>
    public async ValueTask<Explanation> ExplainAsync(string id, CancellationToken cancellation = default) =>
        await _reader.ExplainAsync(await _reader.FindAsync(id, Caller.Staff.Inside, cancellation), cancellation);
}
