using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Tests.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.World;

/// <summary>Plays a list of numbers as what happens in a contact centre: each number is one step.</summary>
internal sealed class WorldSchedule(World world)
{
    private const int Conversations = 5;

    private static readonly ImmutableArray<string> Agents = ["ada", "bob", "cid"];
    private static readonly ImmutableArray<string> Queues = ["general", "billing"];

    /// <summary>Who is gone for so long strands what they hold.</summary>
    private static readonly DeskPolicy Desk = new() { StrandedSeconds = 60 };

    /// <summary>A queue that asks for everything that a queue can ask for; the other one has no settings.</summary>
    private static readonly QueuePolicy BillingPolicy = new()
    {
        OfferTo = 2,
        MaxOffers = 4,
        EscalateTo = "general",
        WrapUp = new WrapUpPolicy(20, [], CodeRequired: false),
        Terms = new QueueTerms
        {
            Version = "b1",
            Targets = ImmutableDictionary<string, ServiceTargets>.Empty.Add("*", new ServiceTargets(60, 60, 200)),
            EscalateOnBreach = true,
            EscalateTo = "general",
            LastAgentSeconds = 15,
            Reopen = "agent",
            WrapUp = true,
            CloseAfterSeconds = 60,
        },
    };

    private readonly Dictionary<string, List<Interaction>> sent = [];
    private int replies;

    /// <summary>Message ids that were acknowledged, by conversation, with their sequences.</summary>
    public Dictionary<string, Dictionary<string, long>> Acknowledged { get; } = [];

    public void Begin()
    {
        world.Ask(Grain.Queue("billing"), new ConfigureQueue(BillingPolicy));
        foreach (var agent in Agents)
        {
            world.Ask(Grain.Agent(agent), new ConfigureAgent(agent, Queues, agent == "bob" ? ["refunds"] : [], 2) { Desk = Desk });
            world.Ask(Grain.Agent(agent), new SetPresence(Presences.Available));
        }
    }

    public void Step(int number)
    {
        var choice = number / 20;
        switch (number % 20)
        {
            case 0 or 1: Send(choice, again: false); break;
            case 2: Send(choice, again: true); break;
            case 3 or 4 or 5 or 6 or 7: Deliver(choice); break;
            case 8: world.Crash(Pick([.. world.Grains], choice)); break;
            case 9 or 10 or 11: Perform(choice); break;
            case 12 or 13: Accept(choice); break;
            case 14: Reject(choice); break;
            case 15: Work(choice); break;
            case 16: world.Ask(Grain.Agent(Pick(Agents, choice)!), new SetPresence(Pick(Presences.All, choice / 3)!)); break;
            case 17: world.Now += TimeSpan.FromSeconds(choice % 40); world.FireDueAlarms(times: 1 + (choice % 2)); break;
            case 18: Configure(choice); break;
            case 19: Supervise(choice); break;
        }
    }

    /// <summary>Everybody is there, and everything that is under way comes to its end, except for offers that agents look at.</summary>
    public void Settle()
    {
        foreach (var agent in Agents)
            world.Ask(Grain.Agent(agent), new SetPresence(Presences.Available));
        world.FireDueAlarms(times: 1);
        for (var step = 0; world.Tellers.Count > 0 || world.Works.Count > 0; step++)
        {
            Assert.True(step < 20_000, "The grains never come to rest.");
            if (world.Tellers.Count > 0)
                world.Deliver(world.Tellers[step % world.Tellers.Count]);
            else
                Perform(choice: 0);
        }
    }

    /// <summary>Every agent accepts all that is offered to them.</summary>
    public void AcceptAll()
    {
        foreach (var agent in Agents.Select(Grain.Agent))
        {
            foreach (var offer in world.State<AgentState>(agent).Offers)
                world.Ask(agent, new AcceptOffer(offer.OfferId));
        }
    }

    private void Send(int choice, bool again)
    {
        var conversation = $"c-{choice % Conversations}";
        var known = sent.TryGetValue(conversation, out var messages) ? messages : sent[conversation] = [];
        var message = again && known.Count > 0
            ? known[choice / Conversations % known.Count]
            : Examples.Message($"{conversation}-m-{known.Count + 1}", address: $"visitor-{conversation}", priority: choice % 10);
        if (!known.Contains(message))
            known.Add(message);

        var accepted = Assert.IsType<MessageAccepted>(world.Ask(Grain.Conversation(conversation), new ReceiveMessage(message)));
        var acknowledged = Acknowledged.TryGetValue(conversation, out var sequences) ? sequences : Acknowledged[conversation] = [];
        Assert.Equal(acknowledged.TryGetValue(message.Id, out var sequence), accepted.Duplicate);
        if (accepted.Duplicate)
            Assert.Equal(sequence, accepted.Sequence);
        acknowledged[message.Id] = accepted.Sequence;
    }

    private void Deliver(int choice)
    {
        for (var left = choice % 8; left >= 0 && world.Tellers.Count > 0; left--)
        {
            var teller = Pick(world.Tellers, choice / 8 + left);
            world.Deliver(teller);
            if ((choice / 16 + left) % 3 != 0)
                world.Tick(teller);
        }
    }

    private void Perform(int choice)
    {
        if (world.Works.Count == 0)
            return;

        var (origin, work) = world.Works[choice % world.Works.Count];
        var run = (RunPipeline)work;
        choice /= 7;
        if (world.Ask(origin, new GetRunContext(run.MessageId)) is RunContext)
        {
            world.Ask(origin, (choice % 6) switch
            {
                0 => new WorkFailed(work, "the model is away"),
                1 => new CompleteRun(run.MessageId, Examples.HandedOff(Pick(Queues, choice)!, choice % 11, [.. choice % 2 == 0 ? ["refunds"] : Array.Empty<string>()])),
                2 => new CompleteRun(run.MessageId, Examples.Answered() with { Answer = null }),
                _ => new CompleteRun(run.MessageId, Examples.Answered()),
            });
        }

        // Else the performer died before its work was ticked off, and does it again.
        if (choice % 5 != 4)
            world.Works.Remove((origin, work));
    }

    private void Accept(int choice)
    {
        var agent = Grain.Agent(Pick(Agents, choice)!);
        if (Pick(world.State<AgentState>(agent).Offers, choice / 3) is { } offer)
            world.Ask(agent, new AcceptOffer(offer.OfferId));
    }

    private void Reject(int choice)
    {
        var agent = Grain.Agent(Pick(Agents, choice)!);
        if (Pick(world.State<AgentState>(agent).Offers, choice / 3) is { } offer)
            world.Ask(agent, new RejectOffer(offer.OfferId, "not now"));
    }

    private void Work(int choice)
    {
        var agent = Pick(Agents, choice)!;
        if (Pick(world.State<AgentState>(Grain.Agent(agent)).Conversations, choice / 3) is not { } held)
            return;

        var choices = choice / 12;
        world.Ask(Grain.Conversation(held.ConversationId), (choice % 12) switch
        {
            0 or 1 => new SendAgentReply(agent, $"reply-{++replies}", "I look into it."),
            2 => new Transfer(Pick(Queues, choices)!, choices % 11, "shift ends", agent),
            3 => new Transfer(Pick(Queues, choices)!, choices % 11, "knows more", agent) { Warm = true, ToAgent = Pick(Agents, choices / 3) },
            4 => new Hold(agent),
            5 => new Unhold(agent),
            6 => new Snooze(agent, world.Now.AddSeconds(1 + (choices % 60)), "spare part"),
            7 => new ReportCallback(agent, Reached: choices % 3 == 0),
            8 => new Escalate(agent, "too hard"),
            9 => new CancelTransfer(agent),
            _ => new Resolve(agent),
        });
        if (choices % 2 == 0)
            world.Ask(Grain.Agent(agent), new CompleteWrapUp(held.ConversationId, "done", null));
    }

    private void Configure(int choice)
    {
        ImmutableArray<string> queues = (choice % 4) switch { 0 => ["general"], 1 => ["billing"], _ => Queues };
        var agent = Pick(Agents, choice / 4)!;
        world.Ask(Grain.Agent(agent), new ConfigureAgent(agent, queues, choice % 2 == 0 ? ["refunds"] : [], choice / 12 % 4) { Desk = Desk });
    }

    private void Supervise(int choice)
    {
        var conversation = Grain.Conversation($"c-{choice % Conversations}");
        var state = world.State<ConversationState>(conversation);
        choice /= Conversations;
        world.Ask(conversation, (choice % 10) switch
        {
            0 or 1 => new Resolve("lead"),
            2 => new ChangePriority("lead", choice % 11, "a good customer"),
            3 => new RequestCallback("customer", "+1", choice % 2 == 0 ? null : world.Now.AddSeconds(choice % 60)),
            4 => new Unsnooze("lead"),
            5 => new Close("lead"),
            6 => new Escalate("lead", "by hand"),
            7 => new ReturnToQueue(state.AgentId ?? "", state.OfferId ?? "", "by hand"),
            _ => new Transfer(Pick(Queues, choice / 10)!, choice % 11, "by hand", "lead"),
        });
    }

    private static T? Pick<T>(IReadOnlyList<T> items, int choice) => items.Count == 0 ? default : items[choice % items.Count];
}
