using System.Net.WebSockets;
using System.Threading.Channels;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Staff;

namespace CustomerService.Gateway.Sockets;

/// <summary>What every agent's socket works with.</summary>
internal sealed record AgentSocketParts(GatewayOptions Options, LiveChatSettings Settings, IGrainClient Grains, IStaffDoor Door, IJournal Journal, SocketLogs Logs, IDeskActivities Activities, TimeProvider Time)
{
    /// <summary>A connection of that member's program, at that agent's desk.</summary>
    public AgentConnection ConnectionOf(StaffMember member, string agentId) => new(Door, Grains, member, agentId, Options.AgentConnectionLease, Time, Logs);
}

/// <summary>An agent's program that is open: its being there is the agent's presence, its frames are what the agent does, and the desk's news go out.</summary>
internal sealed class AgentSocket(FrameStream frames, AgentSocketParts parts, StaffMember member, AgentConnection connection, string agentId)
{
    private const int BufferedEvents = 64;

    private readonly GrainId _grain = Grain.Agent(agentId);
    private readonly Channel<JournalEntry> _news = Channel.CreateBounded<JournalEntry>(
        new BoundedChannelOptions(BufferedEvents) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private bool _missed;

    /// <summary>Runs until one of both sides ends it.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        await connection.OpenAsync(abort);
        await using (connection)
        {
            // Heard of before the first frame is read, so that what it does is told as well.
            using var subscription = parts.Journal.Subscribe(_grain, Hear);
            await SendAsync(new AgentServerFrame.Welcome(agentId, connection.Id));
            await GoOnAsync(new SocketSession(frames, parts.Logs), stopping, abort);
        }
    }

    private async Task GoOnAsync(SocketSession session, CancellationToken stopping, CancellationToken abort)
    {
        using var ending = new CancellationTokenSource();
        Task[] telling = [session.WatchAsync(TellNewsAsync(ending.Token)), session.WatchAsync(connection.Renewing)];
        try
        {
            await session.RunAsync(ReadAsync(abort), ExplainAsync, stopping, abort);
        }
        finally
        {
            await ending.CancelAsync();
            await connection.EndAsync();
            await Task.WhenAll(telling);
        }
    }

    private static ValueTask ExplainAsync(FrameStream frames, Problem problem) =>
        frames.SendAsync(new AgentServerFrame.Refusal(null, problem.Code, problem.Detail, null, null), GatewayJson.Wire.AgentServerFrame);

    private async Task ReadAsync(CancellationToken abort)
    {
        while (await frames.ReadAsync(abort) is { } bytes)
        {
            string? id = null;
            try
            {
                var frame = BodyJson.Parse(GatewayJson.Wire.AgentClientFrame, bytes.Span);
                id = Ids.Checked("id", frame.Id);
                if (frame.Type == "alive")
                {
                    await connection.AliveAsync(abort);
                    continue;
                }

                await AskAsync(CommandIn(frame) with { Id = id ?? Ids.New("r") }, abort);
                await SendAsync(new AgentServerFrame.Done(id));
            }
            catch (Exception fault) when (fault is not (SocketClosing or WebSocketException or OperationCanceledException))
            {
                var problem = Problems.From(fault);
                parts.Logs.Failed(fault, problem);
                await SendAsync(problem.RetryAfter is { } seconds
                    ? new AgentServerFrame.TryLater(id, seconds, problem.Code)
                    : new AgentServerFrame.Refusal(id, problem.Code, problem.Detail, problem.Field, problem.ParkedId));
            }
        }
    }

    /// <summary>Where much comes at once, as after a failure in a cluster, the oldest give way.</summary>
    private void Hear(JournalEntry entry)
    {
        if (_news.Reader.Count == BufferedEvents)
            Volatile.Write(ref _missed, true);
        _news.Writer.TryWrite(entry);
    }

    private Command CommandIn(AgentClientFrame frame) => frame.Type switch
    {
        "accept" => new AcceptOffer(Needed("offer", frame.Offer)),
        "reject" => new RejectOffer(Needed("offer", frame.Offer), frame.Reason ?? "declined"),
        "presence" => AgentEndpoints.PresenceIn(new PresenceChoice(frame.Presence) { Activity = frame.Activity, WhenFree = frame.WhenFree }).With(parts.Activities),
        "wrap_up" => new CompleteWrapUp(Needed("conversation", frame.Conversation), frame.Code, frame.Note),
        _ => throw Problems.InvalidField("type", $"There is no frame of type '{frame.Type}'; there are accept, reject, presence, wrap_up and alive."),
    };

    private static string Needed(string field, string? value) =>
        !string.IsNullOrEmpty(value) ? value : throw Problems.InvalidField(field, $"The field '{field}' is missing.");

    /// <summary>
    /// What happened since the socket opened, and after it the desk as it is then. An event that is lost because the other side is slow, or that is
    /// told late, does no harm: the desk says what it came to.
    /// </summary>
    private async Task TellNewsAsync(CancellationToken ending)
    {
        var desk = await connection.DeskAsync(ending);
        await SendAsync(new AgentServerFrame.Desk(desk));

        while (await _news.Reader.WaitToReadAsync(ending))
        {
            var batch = new List<JournalEntry>();
            while (batch.Count < BufferedEvents && _news.Reader.TryRead(out var entry))
                batch.Add(entry);
            // The settings were told at the beginning; they are told again when they changed, or may have.
            var settings = Interlocked.Exchange(ref _missed, false) || batch.Any(entry => entry.Event is AgentConfigured);
            desk = await connection.DeskAsync(ending);
            foreach (var entry in batch)
            {
                if (AgentServerFrame.Of(entry.Event, desk) is { } frame)
                    await SendAsync(frame);
            }

            await SendAsync(new AgentServerFrame.Desk(settings ? desk : desk with { Desk = null, Levels = null }));
        }
    }

    /// <summary>Through the staff's door, so that a token that is revoked does nothing more on a socket that is open.</summary>
    private async ValueTask AskAsync(Command command, CancellationToken cancellation) =>
        await parts.Door.DoAsync<Done>(member, _grain, command, cancellation: cancellation);

    private ValueTask SendAsync(AgentServerFrame frame) => frames.SendAsync(frame, GatewayJson.Wire.AgentServerFrame);
}
