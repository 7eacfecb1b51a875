using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Centre;

/// <summary>A customer: writes once, waits, and perhaps gives up or asks to be called back.</summary>
internal sealed class SimulatedCustomer(CentreRun centre, ContactOutcome outcome)
{
    /// <summary>Who resolves a conversation that its customer left.</summary>
    public const string Name = "customer";

    private readonly GrainId _conversation = Grain.Conversation(outcome.Contact.Id);

    public void Comes()
    {
        var contact = outcome.Contact;
        centre.Ask(_conversation, new ReceiveMessage(new Interaction($"{contact.Id}-1", contact.Channel, contact.Id, "I need a person, please.", contact.At)));
        if (contact.PatienceSeconds is { } patience)
            centre.Host.After(TimeSpan.FromSeconds(patience), LosesPatience);
        if (contact.CallbackAfterSeconds is { } seconds)
            centre.Host.After(TimeSpan.FromSeconds(seconds), AsksForCallback);
    }

    private bool StillWaits => outcome is { AnsweredAt: null, ResolvedAt: null, CallbackAskedAt: null };

    private void LosesPatience()
    {
        if (StillWaits)
            centre.Ask(_conversation, new Resolve(Name));
    }

    private void AsksForCallback()
    {
        if (StillWaits)
            centre.Ask(_conversation, new RequestCallback(Name, outcome.Contact.Id, NotBefore: null));
    }
}

/// <summary>Stands for the pipeline: what it would have understood, the contact says; who gets it, the policy.</summary>
internal sealed class HandsOver(CentreRun centre) : ISimulatedPerformer
{
    public Type Handles => typeof(RunPipeline);

    public SimulatedWork Perform(GrainId origin, Work work)
    {
        var run = (RunPipeline)work;
        return new SimulatedWork(TimeSpan.Zero, () =>
        {
            var contact = centre.OutcomeOf(run.ConversationId).Contact;
            return new CompleteRun(run.MessageId, new RunOutcome
            {
                Signals = new MessageSignals(contact.Language, contact.Intent, 1, contact.Sentiment, [], contact.Urgency),
                ResolutionType = ResolutionTypes.Human,
                Handoff = centre.Policy.HandoffFor(contact),
            });
        });
    }
}
