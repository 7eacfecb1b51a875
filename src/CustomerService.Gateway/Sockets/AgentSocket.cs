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

namespace CustomerService.Gateway.Sockets;

/// <summary>What every agent's socket works with.</summary>
internal sealed record AgentSocketParts(GatewayOptions Options, LiveChatSettings Settings, IGrainClient Grains, IJournal Journal, SocketLogs Logs, TimeProvider Time);

/// <summary>An agent's program that is open: its being there is the agent's presence, its frames are what the agent does, and the desk's news go out.</summary>
internal sealed class AgentSocket(FrameStream frames, AgentSocketParts parts, string agentId)
{
    private const int BufferedEvents = 64;
    private static readonly TimeSpan SignsApart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(10);

    private readonly GrainId _grain = Grain.Agent(agentId);
    private readonly string _connection = Ids.New("ac");
    private readonly Channel<JournalEntry> _news = Channel.CreateBounded<JournalEntry>(
        new BoundedChannelOptions(BufferedEvents) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private bool _missed;
    private bool _takesWork;
    private long _lastSign;

    /// <summary>Runs until one of both sides ends it.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        await OpenAsync(abort);
        try
        {
            // Heard of before the first frame is read, so that what it does is told as well.
            using var subscription = parts.Journal.Subscribe(_grain, Hear);
            await SendAsync(new AgentServerFrame.Welcome(agentId, _connection));
            await GoOnAsync(new SocketSession(frames, parts.Logs), stopping, abort);
        }
        finally
        {
            await LoseAsync();
        }
    }

    private async Task GoOnAsync(SocketSession session, CancellationToken stopping, CancellationToken abort)
    {
        using var ending = new CancellationTokenSource();
        Task[] telling = [session.WatchAsync(TellNewsAsync(ending.Token)), session.WatchAsync(RenewAsync(ending.Token))];
        try
        {
            await session.RunAsync(ReadAsync(abort), ExplainAsync, stopping, abort);
        }
        finally
        {
            await ending.CancelAsync();
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
                    await AliveAsync(abort);
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

    private static Command CommandIn(AgentClientFrame frame) => frame.Type switch
    {
        "accept" => new AcceptOffer(Needed("offer", frame.Offer)),
        "reject" => new RejectOffer(Needed("offer", frame.Offer), frame.Reason ?? "declined"),
        "presence" => AgentEndpoints.PresenceIn(new PresenceChoice(frame.Presence) { Activity = frame.Activity, WhenFree = frame.WhenFree }),
        "wrap_up" => new CompleteWrapUp(Needed("conversation", frame.Conversation), frame.Code, frame.Note),
        _ => throw Problems.InvalidField("type", $"There is no frame of type '{frame.Type}'; there are accept, reject, presence, wrap_up and alive."),
    };

    private static string Needed(string field, string? value) =>
        !string.IsNullOrEmpty(value) ? value : throw Problems.InvalidField(field, $"The field '{field}' is missing.");

    /// <summary>Signs of life come with every key; one in a while is enough, unless it ends that no work comes.</summary>
    private ValueTask AliveAsync(CancellationToken abort)
    {
        var now = parts.Time.GetTimestamp();
        if (_takesWork && _lastSign != 0 && parts.Time.GetElapsedTime(_lastSign, now) < SignsApart)
            return ValueTask.CompletedTask;
        _lastSign = now;
        return AskAsync(new SignOfLife(), abort);
    }

    /// <summary>
    /// What happened since the socket opened, and after it the desk as it is then. An event that is lost because the other side is slow, or that is
    /// told late, does no harm: the desk says what it came to.
    /// </summary>
    private async Task TellNewsAsync(CancellationToken ending)
    {
        var desk = await DeskAsync(ending);
        await SendAsync(new AgentServerFrame.Desk(desk));

        while (await _news.Reader.WaitToReadAsync(ending))
        {
            var batch = new List<JournalEntry>();
            while (batch.Count < BufferedEvents && _news.Reader.TryRead(out var entry))
                batch.Add(entry);
            // The settings were told at the beginning; they are told again when they changed, or may have.
            var settings = Interlocked.Exchange(ref _missed, false) || batch.Any(entry => entry.Event is AgentConfigured);
            desk = await DeskAsync(ending);
            foreach (var entry in batch)
            {
                if (AgentServerFrame.Of(entry.Event, desk) is { } frame)
                    await SendAsync(frame);
            }

            await SendAsync(new AgentServerFrame.Desk(settings ? desk : desk with { Desk = null, Levels = null }));
        }
    }

    private async ValueTask<AgentView> DeskAsync(CancellationToken cancellation)
    {
        var desk = await parts.Grains.AskForAsync<AgentView>(_grain, new GetAgent(), cancellation);
        _takesWork = desk.NotReady is null;
        return desk;
    }

    private ValueTask OpenAsync(CancellationToken cancellation) =>
        AskAsync(new ConnectionOpened(_connection) { LeaseSeconds = parts.Options.AgentConnectionLease.TotalSeconds }, cancellation);

    /// <summary>Says now and then that the connection is still open, in case this process dies and can't say that it is lost.</summary>
    private async Task RenewAsync(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(parts.Options.AgentConnectionLease / 3, parts.Time);
        while (await timer.WaitForNextTickAsync(ending))
        {
            try
            {
                await OpenAsync(ending);
            }
            catch (Exception fault) when (fault is StoreUnavailableException or HostBusyException)
            {
                parts.Logs.Failed(fault, Problems.From(fault));
            }
        }
    }

    private async Task LoseAsync()
    {
        using var timeIsUp = new CancellationTokenSource(FarewellTimeout, parts.Time);
        try
        {
            await AskAsync(new ConnectionLost(_connection), timeIsUp.Token);
        }
        catch (Exception fault)
        {
            // Then its lease tells.
            parts.Logs.Failed(fault, Problems.From(fault));
        }
    }

    private async ValueTask AskAsync(Command command, CancellationToken cancellation) =>
        await parts.Grains.AskForAsync<Done>(_grain, command, cancellation);

    private ValueTask SendAsync(AgentServerFrame frame) => frames.SendAsync(frame, GatewayJson.Wire.AgentServerFrame);
}
