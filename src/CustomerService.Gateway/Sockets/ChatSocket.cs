using System.Net;
using System.Net.WebSockets;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Sockets;

/// <summary>One customer's page on one conversation: its frames in, the conversation's news out.</summary>
/// <remarks>
/// Where it stands is with the client (the last sequence it has); a new socket goes on from there. Most sockets are idle most of the time, and there are many: what goes out is
/// looked for when something has happened, and nothing waits for it meanwhile.
/// </remarks>
internal sealed class ChatSocket : IAsyncDisposable
{
    private readonly FrameStream _frames;
    private readonly ChatSocketParts _parts;
    private readonly Caller.Visitor _visitor;
    private readonly string _conversationId;
    private readonly string? _language;
    private readonly IPAddress? _remote;
    private readonly SocketSession _session;
    private readonly Errand _telling;
    private readonly JournalTail _news;
    private readonly IDisposable _signs;

    private PlaceNews? _places;
    private ConversationStanding? _told;
    private long _toldUpTo;

    public ChatSocket(FrameStream frames, ChatSocketParts parts, Caller.Visitor visitor, string conversationId, long after, string? language, IPAddress? remote)
    {
        (_frames, _parts, _visitor, _conversationId, _toldUpTo, _language, _remote) = (frames, parts, visitor, conversationId, after, language, remote);
        _session = new SocketSession(frames, parts.Logs);
        _telling = new Errand(TellAsync);
        _news = new JournalTail(parts.Journal, Id, ConversationReader.StartFor(after), _telling.Ask);
        _signs = parts.Typing.Subscribe(conversationId, Hint);
    }

    private GrainId Id => Grain.Conversation(_conversationId);

    private string Language => _language ?? CallerLanguage.Default;

    /// <summary>Runs until one of both sides ends it.</summary>
    public Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        _news.Begin();
        _telling.Ask();
        return _session.RunAsync(ReadAsync(abort), ExplainAsync, stopping, abort);
    }

    public async ValueTask DisposeAsync()
    {
        _signs.Dispose();
        _news.Dispose();
        await _telling.EndAsync();
        _places?.Dispose();
    }

    private static ValueTask ExplainAsync(FrameStream frames, Problem problem) =>
        frames.SendAsync(new ServerFrame.Error(null, problem.Code, problem.Detail, null, null));

    private async Task ReadAsync(CancellationToken abort)
    {
        while (!FrameStream.IsClose(await _frames.WaitAsync(abort)) && await TakeAsync(abort))
        {
            // Each frame is dealt with before the next is waited for.
        }
    }

    /// <returns>Whether there was a frame; false: the other side has closed.</returns>
    private async Task<bool> TakeAsync(CancellationToken abort)
    {
        if (await _frames.TakeAsync(abort) is not { } bytes)
            return false;

        string? id = null;
        try
        {
            _parts.Limits.Count(_visitor, _remote);
            var frame = BodyJson.Parse(GatewayJson.Wire.ClientFrame, bytes.Span);
            id = frame.Id;
            await HandleAsync(frame, abort);
        }
        catch (Exception fault) when (fault is not (SocketClosing or WebSocketException or OperationCanceledException))
        {
            var problem = Problems.From(fault);
            _parts.Logs.Failed(fault, problem);
            await _frames.SendAsync(problem.RetryAfter is { } seconds
                ? new ServerFrame.Busy(id, seconds, problem.Code)
                : new ServerFrame.Error(id, problem.Code, problem.Detail, problem.Field, problem.ParkedId));
        }

        return true;
    }

    private async ValueTask HandleAsync(ClientFrame frame, CancellationToken cancellation)
    {
        switch (frame.Type)
        {
            case "message":
                var message = new SendMessage { ConversationId = _conversationId, MessageId = frame.Id, Text = frame.Text, Attachments = frame.Attachments, Metadata = frame.Metadata };
                var accepted = await _parts.Intake.AcceptAsync(_visitor.Id, message, _language, cancellation);
                await _frames.SendAsync(new ServerFrame.Accepted(accepted.MessageId, accepted.Sequence, accepted.Duplicate));
                break;
            case "received" or "read":
                var upTo = frame.UpTo is > 0 and var sequence ? sequence : throw Problems.InvalidField("upTo", "'upTo' must be the sequence of a message.");
                await _parts.ReceiptAsync(Id, _visitor, upTo, frame.Type == "read" ? "read" : "delivered", cancellation);
                break;
            case "typing":
                _parts.Typing.Report(_conversationId, TypingSide.Customer);
                break;
            default:
                throw Problems.InvalidField("type", $"There is no frame of type '{frame.Type}'; there are message, received, read and typing.");
        }
    }

    /// <summary>Tells whatever has happened since it was told last.</summary>
    private async Task TellAsync(CancellationToken ending)
    {
        try
        {
            await TellNewsAsync(ending);
            await TellPlaceAsync();
        }
        catch (Exception fault)
        {
            _session.End(fault);
        }
    }

    private async Task TellNewsAsync(CancellationToken ending)
    {
        var isOwed = _told is null;
        IReadOnlyList<JournalEntry> batch;
        do
        {
            batch = await _news.NextAsync(ending);
            if (batch.Any(entry => ChatMessage.ChangesStatus(entry.Event)))
            {
                await TellMessagesAsync(batch, ending);
                isOwed = true;
            }

            if (isOwed && _news.IsCaughtUp)
            {
                await TellStandingAsync(ending);
                isOwed = false;
            }
        }
        while (batch.Count > 0);
    }

    private async Task TellMessagesAsync(IReadOnlyList<JournalEntry> batch, CancellationToken ending)
    {
        var view = await ViewAsync(ending);
        foreach (var entry in batch)
        {
            if (ChatMessage.TryRead(entry, view.DeliveredUpTo, view.ReadUpTo, out var message) && message.Sequence > _toldUpTo)
            {
                await _frames.SendAsync(ServerFrame.Message.Of(message));
                _toldUpTo = message.Sequence;
            }
        }
    }

    /// <summary>A place in the line changes without anything happening to the conversation itself.</summary>
    private async Task TellPlaceAsync()
    {
        if (_places?.Take()?.In(Language) is not { } place || _told is not { Status: "queued" } told || !place.IsNewsAfter(told.Queue))
            return;
        _told = told with { Queue = place };
        await _frames.SendAsync(ServerFrame.Position.Of(place));
    }

    /// <summary>Never ahead of the messages that it counts: those are news still on the way, after which it is told.</summary>
    private async Task TellStandingAsync(CancellationToken ending)
    {
        var view = await ViewAsync(ending);
        var standing = await _parts.Reader.StandingAsync(view, Language, ending);
        FollowPlace(ConversationReader.IsInLine(view) ? view.Queue : null);
        if (!IsNews(standing) || standing.LastSequence > _toldUpTo)
            return;
        _told = standing;
        await _frames.SendAsync(ServerFrame.Status.Of(standing));
    }

    private void FollowPlace(string? queue)
    {
        if (queue is not null)
            _places ??= new PlaceNews(_parts.Waiting, _conversationId, _telling.Ask);
        _places?.Follow(queue);
    }

    private bool IsNews(ConversationStanding standing) =>
        _told is null || standing with { Queue = null } != _told with { Queue = null } || standing.Queue?.IsNewsAfter(_told.Queue) == true;

    /// <summary>A conversation without messages is everyone's, until its first message makes it somebody's: so this is asked each time.</summary>
    private async ValueTask<ConversationView> ViewAsync(CancellationToken cancellation)
    {
        var view = await _parts.Grains.AskForAsync<ConversationView>(Id, new GetConversation(), cancellation);
        return ConversationReader.IsFor(view, _visitor) ? view : throw Problems.NotYourConversation();
    }

    private void Hint(TypingSide side)
    {
        if (side != TypingSide.Customer && !_frames.IsBusy)
            _ = TellTypingAsync(side);
    }

    private async Task TellTypingAsync(TypingSide side)
    {
        try
        {
            await _frames.SendAsync(new ServerFrame.Typing(side == TypingSide.Agent ? "agent" : "assistant"));
        }
        catch (Exception fault) when (fault is SocketClosing or WebSocketException or ObjectDisposedException)
        {
            // The socket is ending; a hint may be lost.
        }
    }
}
