using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

/// <summary>An agent's desk driven as a host would: offers come, time passes, alarms ring when they are due.</summary>
internal sealed class Desk
{
    public static readonly GrainId Billing = Grain.Queue("billing");

    private int lastOffer;

    /// <summary>Ada is available, and her desk has two activities, grace and a limit for stranded work.</summary>
    public Desk()
    {
        Configure(new DeskPolicy
        {
            Activities = [new AgentActivity("lunch", Available: false), new AgentActivity("mail", Available: true)],
            GraceSeconds = 30,
            StrandedSeconds = 120,
        });
        Agent.Handle(new SetPresence("available"));
    }

    public Subject<AgentBehaviour, AgentState> Agent { get; } = new("ada");

    public AgentView View => (AgentView)AgentBehaviour.Handle(Agent.State, new GetAgent(), Agent.Now).Reply;

    public void Configure(DeskPolicy desk) => Agent.Handle(new ConfigureAgent("Ada", ["billing"], [], 5) { Desk = desk });

    public string Offer()
    {
        var id = $"billing-{++lastOffer}";
        Agent.Handle(new ReceiveOffer(id, "billing", $"c-{lastOffer}", Agent.Now.AddSeconds(30)));
        return id;
    }

    public string Hold()
    {
        var id = Offer();
        Agent.Handle(new AcceptOffer(id));
        Agent.Handle(new ConfirmOffer(id));
        return id;
    }

    public void Miss() => Agent.Handle(new RescindOffer(Offer(), "no answer in time") { Outcome = OfferStates.TimedOut });

    /// <summary>Time passes, and the alarm rings when it is due; as a host would do it.</summary>
    public void Pass(double seconds)
    {
        var until = Agent.Now.AddSeconds(seconds);
        while (Agent.State.ReviewAt is { } due && due <= until)
        {
            Agent.Now = due;
            Agent.Handle(new ReviewPresence());
        }

        Agent.Now = until;
    }
}
