using System.Net;
using System.Net.WebSockets;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Sockets;

/// <summary>One customer's page on one conversation: its frames in, the conversation's news out.</summary>
/// <remarks>Where it stands is with the client (the last sequence it has); a new socket goes on from there.</remarks>
internal sealed class ChatSocket(
    FrameStream frames, ChatSocketParts parts, Caller.Visitor visitor, string conversationId, long after, string? language, IPAddress? remote) : IDisposable
{
    private readonly GrainId _grain = Grain.Conversation(conversationId);
    private readonly SemaphoreSlim _telling = new(1, 1);
    private readonly PlaceNews _places = new(parts.Waiting, conversationId);
    private string Language => language ?? CallerLanguage.Default;

    private ConversationStanding? _told;
    private long _toldUpTo = after;

    /// <summary>Runs until one of both sides ends it.</summary>
    public async Task RunAsync(string? newToken, CancellationToken stopping, CancellationToken abort)
    {
        using var signs = parts.Typing.Subscribe(conversationId, side => _ = TellTypingAsync(side));
        await frames.SendAsync(new ServerFrame.Ready(conversationId, visitor.Id, newToken));
        await SocketSession.RunAsync(
            frames, parts.Logs, ReadAsync(abort), ending => [TellNewsAsync(ending), TellPlacesAsync(ending)],
            problem => frames.SendAsync(new ServerFrame.Error(null, problem.Code, problem.Detail, null, null)), stopping, abort);
    }

    public void Dispose()
    {
        _places.Dispose();
        _telling.Dispose();
    }

    private async Task ReadAsync(CancellationToken abort)
    {
        while (await frames.ReadAsync(abort) is { } bytes)
        {
            string? id = null;
            try
            {
                parts.Limits.Count(visitor, remote);
                var frame = BodyJson.Parse(GatewayJson.Wire.ClientFrame, bytes.Span);
                id = frame.Id;
                await HandleAsync(frame, abort);
            }
            catch (Exception fault) when (fault is not (SocketClosing or WebSocketException or OperationCanceledException))
            {
                var problem = Problems.From(fault);
                parts.Logs.Failed(fault, problem);
                await frames.SendAsync(problem.RetryAfter is { } seconds
                    ? new ServerFrame.Busy(id, seconds, problem.Code)
                    : new ServerFrame.Error(id, problem.Code, problem.Detail, problem.Field, problem.ParkedId));
            }
        }
    }

    private async ValueTask HandleAsync(ClientFrame frame, CancellationToken cancellation)
    {
        switch (frame.Type)
        {
            case "message":
                var message = new SendMessage { ConversationId = conversationId, MessageId = frame.Id, Text = frame.Text, Attachments = frame.Attachments, Metadata = frame.Metadata };
                var accepted = await parts.Intake.AcceptAsync(visitor.Id, message, language, cancellation);
                await frames.SendAsync(new ServerFrame.Accepted(accepted.MessageId, accepted.Sequence, accepted.Duplicate));
                break;
            case "received" or "read":
                var upTo = frame.UpTo is > 0 and var sequence ? sequence : throw Problems.InvalidField("upTo", "'upTo' must be the sequence of a message.");
                await parts.ReceiptAsync(_grain, visitor, upTo, frame.Type == "read" ? "read" : "delivered", cancellation);
                break;
            case "typing":
                parts.Typing.Report(conversationId, TypingSide.Customer);
                break;
            default:
                throw Problems.InvalidField("type", $"There is no frame of type '{frame.Type}'; there are message, received, read and typing.");
        }
    }

    private async Task TellNewsAsync(CancellationToken ending)
    {
        var caughtUp = false;
        await foreach (var batch in JournalFollower.FollowAsync(parts.Journal, _grain, ConversationReader.StartFor(_toldUpTo), ending))
        {
            caughtUp |= batch.Count == 0;
            if (batch.Count > 0 && !batch.Any(entry => ChatMessage.ChangesStatus(entry.Event)))
                continue;

            var view = await ViewAsync(ending);
            foreach (var entry in batch)
            {
                if (ChatMessage.TryRead(entry, view.DeliveredUpTo, view.ReadUpTo, out var message) && message.Sequence > _toldUpTo)
                {
                    await frames.SendAsync(ServerFrame.Message.Of(message));
                    _toldUpTo = message.Sequence;
                }
            }

            if (caughtUp)
                await TellStandingAsync(ending);
        }
    }

    /// <summary>A place in the line changes without anything happening to the conversation itself.</summary>
    private async Task TellPlacesAsync(CancellationToken ending)
    {
        await foreach (var newest in _places.ReadAllAsync(ending))
        {
            var place = newest.In(Language);
            await _telling.WaitAsync(ending);
            try
            {
                if (_told is not { Status: "queued" } told || !place.IsNewsAfter(told.Queue))
                    continue;
                _told = told with { Queue = place };
                await frames.SendAsync(ServerFrame.Position.Of(place));
            }
            finally
            {
                _telling.Release();
            }
        }
    }

    /// <summary>
    /// One at a time, so that an older standing never follows a newer one; and never ahead of the messages that it counts:
    /// those are news still on the way, after which it is told.
    /// </summary>
    private async Task TellStandingAsync(CancellationToken ending)
    {
        await _telling.WaitAsync(ending);
        try
        {
            var view = await ViewAsync(ending);
            var standing = await parts.Reader.StandingAsync(view, Language, ending);
            _places.Follow(ConversationReader.IsInLine(view) ? view.Queue : null);
            if (!IsNews(standing) || standing.LastSequence > _toldUpTo)
                return;
            _told = standing;
            await frames.SendAsync(ServerFrame.Status.Of(standing));
        }
        finally
        {
            _telling.Release();
        }
    }

    private bool IsNews(ConversationStanding standing) =>
        _told is null || standing with { Queue = null } != _told with { Queue = null } || standing.Queue?.IsNewsAfter(_told.Queue) == true;

    /// <summary>A conversation without messages is everyone's, until its first message makes it somebody's: so this is asked each time.</summary>
    private async ValueTask<ConversationView> ViewAsync(CancellationToken cancellation)
    {
        var view = await parts.Grains.AskForAsync<ConversationView>(_grain, new GetConversation(), cancellation);
        return ConversationReader.IsFor(view, visitor) ? view : throw Problems.NotYourConversation();
    }

    private async Task TellTypingAsync(TypingSide side)
    {
        try
        {
            if (side != TypingSide.Customer && !frames.IsBusy)
                await frames.SendAsync(new ServerFrame.Typing(side == TypingSide.Agent ? "agent" : "assistant"));
        }
        catch (Exception fault) when (fault is SocketClosing or WebSocketException or ObjectDisposedException)
        {
            // The socket is ending; a hint may be lost.
        }
    }
}
