using System.Collections.Immutable;
using System.Net;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Voice;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Tests.Voice;

/// <summary>Does what the endpoint does for an account that is called, over one conversation that the test writes by hand.</summary>
internal sealed class CallDesk : IAsyncDisposable
{
    private readonly ICallAccount _account;
    private readonly string _name;
    private readonly LoopbackServer _server;
    private readonly List<CallNews> _transcript = [];
    private long _sequence;

    public CallDesk(ICallAccount account, string name = "phone")
    {
        (_account, _name) = (account, name);
        _server = new LoopbackServer(AnswerAsync);
    }

    public Uri Address => new(_server.Address, $"/api/channels/{_name}");

    public ConversationStatus Status { get; set; } = ConversationStatus.New;

    public string? AgentId { get; set; }

    public CallPlace? Place { get; set; }

    public string? CallbackTo { get; private set; }

    /// <summary>What happens when the conversation is waited for.</summary>
    public Action Meanwhile { get; set; } = () => { };

    public List<ChannelEvent.Message> Taken { get; } = [];

    public List<Command> Asked { get; } = [];

    public List<Command> Reported { get; } = [];

    public int Waits { get; private set; }

    public void Tell(string text) => _transcript.Add(new CallNews(++_sequence, text));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var body = await LoopbackServer.ReadAsync(context.Request);
        var url = context.Request.Url!.AbsoluteUri;
        var request = TestParts.Request(
            url, body, context.Request.ContentType ?? "", [.. context.Request.Headers.AllKeys.Where(name => name != "Content-Type").Select(name => (name!, context.Request.Headers[name]!))]);
        switch (_account.Read(request))
        {
            case WebhookReading.Refused refused:
                await LoopbackServer.WriteAsync(context.Response, refused.Status, "text/plain", "");
                break;
            case WebhookReading.Genuine genuine:
                Take(genuine.Events);
                await LoopbackServer.WriteAsync(context.Response, 200, "text/plain", "");
                break;
            case WebhookReading.InCall { Call: var call }:
                Take(call.Events);
                Reported.AddRange(call.Reports);
                var answer = Decide(call);
                await LoopbackServer.WriteAsync(context.Response, 200, answer.MediaType, answer.Body);
                break;
        }
    }

    private WebhookAnswer Decide(CallRequest call)
    {
        var (outcome, waitedOut) = ((Reply?)null, false);
        for (var turns = 0; turns < 4; turns++)
        {
            var sight = new ConversationSight(Status, [.. _transcript.Where(line => line.Sequence > call.After)])
            {
                AgentId = AgentId,
                Queue = "billing",
                Place = Place,
                CallbackTo = CallbackTo,
                Brief = "Was charged **twice** for order 7.",
                Outcome = outcome,
                WaitedOut = waitedOut,
            };
            switch (_account.Decide(call, sight))
            {
                case CallTurn.Answer answer:
                    return answer.What;
                case CallTurn.Ask ask:
                    outcome = Do(ask.What);
                    break;
                case CallTurn.Wait:
                    (Waits, waitedOut) = (Waits + 1, true);
                    Meanwhile();
                    break;
            }
        }

        throw new InvalidOperationException("It never decides.");
    }

    private void Take(ImmutableArray<ChannelEvent> events)
    {
        foreach (var message in events.OfType<ChannelEvent.Message>())
        {
            if (Taken.Exists(taken => taken.Interaction.Id == message.Interaction.Id))
                continue;
            Taken.Add(message);
            _sequence++;
            if (Status == ConversationStatus.New)
                Status = ConversationStatus.Assistant;
        }
    }

    private Reply Do(Command command)
    {
        Asked.Add(command);
        switch (command)
        {
            case RequestCallback callback when Status.IsInLine():
                CallbackTo = callback.To;
                return Reply.Done;
            case Transfer:
                (Status, AgentId) = (ConversationStatus.Queued, null);
                return Reply.Done;
            case Resolve:
                Status = ConversationStatus.Resolved;
                return Reply.Done;
            default:
                return Reply.Refuse("not_now", "Not now.");
        }
    }
}
