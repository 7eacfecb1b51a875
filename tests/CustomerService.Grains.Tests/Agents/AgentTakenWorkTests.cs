using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Agents;

/// <summary>Work that is taken over: from this desk, and onto it; and presence that a supervisor sets.</summary>
public sealed class AgentTakenWorkTests
{
    private readonly Desk desk = new();

    [Fact]
    public void TakenAway_TheAgentSeesByWhomAndWhy_UntilNewWorkComes()
    {
        var offer = desk.Hold();

        desk.Agent.Handle(new ReleaseWork("c-1") { OfferId = offer, TakenBy = "sam", Why = "she is upset" });

        Assert.Equal(new TakenAway("c-1", "sam", "she is upset", desk.Agent.Now), desk.View.TakenAway);
        Assert.Empty(desk.View.Work);
        desk.Hold();
        Assert.Null(desk.View.TakenAway);
    }

    [Fact]
    public void TakenFromAnOlderStay_TellsNothing()
    {
        desk.Hold();

        desk.Agent.Handle(new ReleaseWork("c-1") { OfferId = "billing-99", TakenBy = "sam", Why = "she is upset" });

        Assert.Null(desk.View.TakenAway);
        Assert.Single(desk.View.Work);
    }

    [Fact]
    public void TakenOntoTheDesk_ItLiesThere_HoweverFullItIs_AndOffersThatDoNotFitGoBack()
    {
        desk.Agent.Handle(new ConfigureAgent("Ada", ["billing"], [], 1));
        var offer = desk.Offer();

        var effects = desk.Agent.Handle(new TakeWork("c-9", "taken.c-9-2", "billing") { Channel = "chat" }).Effects;
        desk.Agent.ChangesNothing(new TakeWork("c-9", "taken.c-9-2", "billing") { Channel = "chat" });

        Assert.Equal(("c-9", 0), (Assert.Single(desk.View.Work).ConversationId, desk.View.FreeUnits));
        Assert.Equal(offer, Assert.Single(effects.Recorded<OfferLeft>()).OfferId);
        Assert.Equal(new WorkStarted("c-9", "taken.c-9-2", "chat", 1), Assert.Single(effects.Recorded<WorkStarted>()));
    }

    [Fact]
    public void TakenByOneWhoIsOffline_TheyAreThereButGetNothingNew()
    {
        desk.Agent.Handle(new SetPresence("offline"));
        desk.Pass(3_600);

        desk.Agent.Handle(new TakeWork("c-9", "taken.c-9-2", "billing"));
        desk.Pass(3_600);

        Assert.Equal("away", desk.View.Presence);
        Assert.Single(desk.View.Work);
    }

    [Fact]
    public void TakenByOneWithoutADesk_ItGoesBack()
    {
        var stranger = new Subject<AgentBehaviour, AgentState>("sam");

        var effects = stranger.Handle(new TakeWork("c-9", "taken.c-9-2", "billing")).Effects;

        Assert.Equal(("sam", "taken.c-9-2"), (Assert.Single(effects.Told<ReturnToQueue>(Grain.Conversation("c-9"))) is var back ? (back.AgentId, back.OfferId) : default));
        Assert.Empty(stranger.State.Conversations);
    }

    [Fact]
    public void PresenceSetByASupervisor_SaysWhoAndWhy_UntilTheAgentChooses()
    {
        var effects = desk.Agent.Handle(new SetPresence("away") { By = "sam", Reason = " the line is down " }).Effects;

        Assert.Equal(new ChosenByOther("sam", "the line is down"), desk.View.PresenceBy);
        Assert.Equal(("sam", "the line is down"), Assert.Single(effects.Recorded<PresenceChanged>()) is var changed ? (changed.Cause, changed.Reason) : default);
        desk.Agent.Handle(new SetPresence("available"));
        Assert.Null(desk.View.PresenceBy);
    }

    [Fact]
    public void PresencePlannedByASupervisor_BeginsWhenTheDeskIsEmpty_WithTheReason()
    {
        var offer = desk.Hold();
        desk.Agent.Handle(new SetPresence("away") { By = "sam", Reason = "a talk", WhenFree = true });
        Assert.Null(desk.View.PresenceBy);

        desk.Agent.Handle(new ReleaseWork("c-1") { OfferId = offer });

        Assert.Equal(("away", new ChosenByOther("sam", "a talk")), (desk.View.Presence, desk.View.PresenceBy));
    }
}
