using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Handoffs;

namespace CustomerService.Pipelines.Routing;

/// <summary>What is known when a message is to be routed.</summary>
/// <param name="Language">ISO 639-1, or <c>und</c>.</param>
/// <param name="Priority">The message's own, as its channel gave it; 0…10.</param>
/// <param name="Pending">What the assistant still waits for from this customer.</param>
public sealed record RoutingQuestion(
    string Intent, double Sentiment, string Urgency, string Tier, string Language, int Priority = 0, PendingRequest? Pending = null, string Channel = ChannelNames.Chat)
{
    /// <summary>The customer asks for a person in so many words.</summary>
    public bool AsksForPerson { get; init; }

    /// <summary>Why the assistant does not get on with this customer; null: nothing says so.</summary>
    public string? Unhelped { get; init; }

    /// <summary>How often the assistant gave this matter to people before.</summary>
    public int Handoffs { get; init; }

    /// <summary>What a tier is called that nobody told.</summary>
    public const string StandardTier = "standard";

    /// <summary>The question as a run knows it that was not routed yet.</summary>
    public static RoutingQuestion Of(MessageSignals signals, RunContext context) => new(
        signals.Intent, signals.Sentiment, signals.Urgency, StandardTier, signals.Language, context.Message.Priority, context.Pending, context.Message.Channel)
    {
        AsksForPerson = WantsPerson.In(context.Message.Content),
        Unhelped = CustomerService.Pipelines.Handoffs.Unhelped.Reason(context),
        Handoffs = context.Handoffs,
    };
}

/// <summary>Where a message goes, and why.</summary>
/// <param name="Decision"><see cref="Automated"/> or <see cref="Human"/>.</param>
/// <param name="Queue">Where it waits for a person, now or if the assistant can't answer.</param>
/// <param name="Priority">0…10.</param>
/// <param name="Reason">The rule that decided, in one sentence without a full stop.</param>
public sealed record RoutingChoice(string Decision, string Queue, int Priority, string Reason)
{
    public const string Automated = "automated";
    public const string Human = "human";

    /// <summary>Decides by the rules; the first that fits counts.</summary>
    public static RoutingChoice Of(RoutingQuestion question, RoutingRules rules)
    {
        var awaited = question.Pending is { } pending && rules.AutomatableIntents.Contains(pending.Intent);
        var queue = rules.QueueOf(awaited ? question.Pending!.Intent : question.Intent);
        RoutingChoice Person(string reason) => new(Human, queue, PriorityOf(question, rules), reason);
        RoutingChoice Specialist(string reason) => new(Human, rules.SpecialistQueue, PriorityOf(question, rules), reason);
        RoutingChoice Assistant(string reason) => new(Automated, queue, PriorityOf(question, rules), reason);

        // A bare proof or order number has no language to speak of; it came in answer to the assistant's own question.
        if (!awaited && question.Language != MessageSignals.Unknown.Language && !rules.AssistantLanguages.Contains(question.Language))
            return Person($"the assistant does not answer in the language '{question.Language}'");
        if (question.AsksForPerson || rules.HumanIntents.Contains(question.Intent))
            return Person("the customer asks for a person");
        if (question.Unhelped is { } why)
            return Person(why);
        if (IsBouncing(question, rules) is { } bouncing)
            return Person(bouncing);
        if (rules.SpecialistTiers.Contains(question.Tier))
            return Specialist($"{question.Tier} customers are served by specialists");
        if (question.Sentiment < rules.SpecialistSentiment)
            return Specialist(FormattableString.Invariant($"the customer is upset (sentiment {question.Sentiment:0.00}, under {rules.SpecialistSentiment:0.00})"));
        if (rules.PriorityIntents.Contains(question.Intent))
            return Person($"{question.Intent} is for a person, with priority");
        if (awaited)
            return Assistant($"the assistant waits for the customer's {question.Pending!.Kind}, for {question.Pending.Intent}");
        if (rules.AutomatableIntents.Contains(question.Intent))
            return Assistant($"{question.Intent} may be answered by the assistant");
        return Person(question.Intent == MessageSignals.Unknown.Intent ? "what the customer wants is not clear" : $"{question.Intent} is for a person");
    }

    /// <summary>Why the assistant should not take up again what people had; null: it may. Thanks and farewells need nobody.</summary>
    private static string? IsBouncing(RoutingQuestion question, RoutingRules rules)
    {
        if (question.Handoffs == 0 || rules.Courtesies.Contains(question.Intent))
            return null;
        if (question.Handoffs >= rules.MostHandoffs)
            return $"the assistant gave this matter to people {question.Handoffs} times already";
        return question.Sentiment < rules.ReturnSentiment
            ? FormattableString.Invariant($"people had this matter before, and the customer is not content (sentiment {question.Sentiment:0.00})")
            : null;
    }

    private static int PriorityOf(RoutingQuestion question, RoutingRules rules)
    {
        var scores = rules.Priority;
        var points = scores.Urgency.GetValueOrDefault(question.Urgency)
            + scores.Tiers.GetValueOrDefault(question.Tier)
            + (question.Sentiment < rules.SpecialistSentiment ? scores.Unhappy : 0)
            + (rules.PriorityIntents.Contains(question.Intent) ? scores.PriorityIntent : 0);
        return Math.Clamp(Math.Max(points, question.Priority), 0, RoutingRules.MaxPriority);
    }
}
