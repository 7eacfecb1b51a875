using System.Collections.Immutable;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Assistants.Procedures;

/// <summary>
/// What the assistant does with a customer step by step, as the owner declared it. It is a function of what is known: with every
/// message the steps are walked from the first one on, and the walk waits where something is missing.
/// </summary>
/// <param name="Name">As its file is called.</param>
/// <param name="Version">Another version starts conversations that are in the middle again, with what was gathered.</param>
/// <param name="Title">What it is about, in English, for checks and people.</param>
/// <param name="Intents">Messages with one of these intents start it.</param>
public sealed record ProcedureDefinition(string Name, int Version, string Title, ImmutableArray<string> Intents)
{
    /// <summary>The text with phrases that start it too, below <c>procedures.</c>; null: intents alone do.</summary>
    public string? Says { get; init; }

    /// <summary>Whether customers must prove who they are before its first step.</summary>
    public bool NeedsIdentity { get; init; } = true;

    /// <summary>How often one thing is asked for before a person takes over.</summary>
    public int MaxAsks { get; init; } = 3;

    /// <summary>For how long it waits for the customer; after that it asks whether to go on.</summary>
    public TimeSpan ResumeWithin { get; init; } = TimeSpan.FromDays(7);

    /// <summary>For how long after a change the customer may have it undone, where its step says how.</summary>
    public TimeSpan UndoWithin { get; init; } = TimeSpan.FromMinutes(15);

    public required ImmutableArray<SlotDefinition> Slots { get; init; }

    public required ImmutableArray<ProcedureStep> Steps { get; init; }

    /// <summary>The texts that it needs in a language to be spoken in it, below <c>procedures.</c></summary>
    public ImmutableArray<string> Texts { get; init; } = [];

    /// <summary>What it is for: the first change that it puts before the customer and that is no offer on top. Null: it changes nothing.</summary>
    internal ProcedureStep.Confirm? Confirmation => Steps.OfType<ProcedureStep.Confirm>().FirstOrDefault(step => !step.Optional);

    /// <summary>It looks things up and tells them: there is nothing in it to be stopped, undone or come back to.</summary>
    internal bool ChangesNothing => !Steps.Any(step => step is ProcedureStep.Confirm or ProcedureStep.ContinueWith);

    /// <summary>The order that it is about; null: it is about none.</summary>
    internal SlotDefinition? OrderSlot => Slots.FirstOrDefault(slot => slot.Type == SlotType.Order);

    public SlotDefinition? Slot(string name) => Slots.FirstOrDefault(slot => slot.Name == name);

    internal bool Asks(SlotDefinition slot) => Steps.Any(step => step is ProcedureStep.Ask ask && ask.Slot.Name == slot.Name);

    internal ProcedureStep? Step(string id) => IndexOf(id) is >= 0 and var index ? Steps[index] : null;

    internal int IndexOf(string stepId)
    {
        for (var i = 0; i < Steps.Length; i++)
        {
            if (Steps[i].Id == stepId)
                return i;
        }

        return -1;
    }
}

/// <summary>Something that a procedure has to know from the customer.</summary>
/// <param name="Name">By which expressions and texts know it.</param>
public sealed record SlotDefinition(string Name, SlotType Type)
{
    /// <summary>The text that asks for it, below <c>procedures.</c>; null: the one for its type.</summary>
    public string? Ask { get; init; }

    /// <summary>How often it is asked for; null: as the procedure says.</summary>
    public int? MaxAsks { get; init; }

    /// <summary>Of an order: the statuses that are offered first. Of a payment method: <c>refund</c>, <c>original</c>, <c>other</c> or empty for any.</summary>
    public ImmutableArray<string> Accept { get; init; } = [];

    /// <summary>Of a payment method: the text that says why another one won't do, below <c>procedures.</c>; null: it is only said that it won't.</summary>
    public string? WhyNot { get; init; }

    /// <summary>Of one_of: the values, each with words in the texts of <see cref="Words"/>.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>Of one_of: where its values' words stand, below <c>procedures.</c></summary>
    public string? Words { get; init; }

    /// <summary>Of order_items and payment_method: the slot with the order. Of variants: the slot with the items.</summary>
    public string? Of { get; init; }
}

/// <summary>What kind of thing a slot holds; it decides how words are read, what may be picked, and what is valid.</summary>
public enum SlotType
{
    /// <summary>One of the customer's own orders.</summary>
    Order,

    /// <summary>Lines of an order.</summary>
    OrderItems,

    /// <summary>For each of some lines another variant of the same product, in stock.</summary>
    Variants,

    PaymentMethod,
    Address,
    OneOf,
    YesNo,
    Number,
    Date,
    Text,
}

/// <summary>One step. Steps whose condition does not hold are passed over.</summary>
/// <param name="Id">Named by other steps, and by conversations that wait at it.</param>
public abstract record ProcedureStep(string Id)
{
    internal ParsedExpression? When { get; init; }

    /// <summary>Waits until the slot is known.</summary>
    public sealed record Ask(string Id, SlotDefinition Slot) : ProcedureStep(Id);

    /// <summary>Calls a reading tool and keeps its result under a name.</summary>
    public sealed record LookUp(string Id, ToolArguments Call, string Into) : ProcedureStep(Id);

    /// <summary>Tells something, once.</summary>
    public sealed record Say(string Id, string Text) : ProcedureStep(Id)
    {
        internal ImmutableArray<KeyValuePair<string, ParsedExpression>> Money { get; init; } = [];

        /// <summary>What was looked up, for the places of the text whose names begin with <see cref="Responses.AnswerBook.FoundPlace"/>.</summary>
        internal ImmutableArray<KeyValuePair<string, ParsedExpression>> Values { get; init; } = [];
    }

    /// <summary>Tells why it can't be done and stops; another order may be named then.</summary>
    public sealed record Refuse(string Id, string Text) : ProcedureStep(Id)
    {
        /// <summary>The slot whose value won't do: it is asked for again. Null: the procedure stops here.</summary>
        public string? Forget { get; init; }

        internal ImmutableArray<KeyValuePair<string, ParsedExpression>> Money { get; init; } = [];
    }

    /// <summary>Puts one writing call with all its arguments before the customer and waits for their yes.</summary>
    public sealed record Confirm(string Id, ToolArguments Call, string Text) : ProcedureStep(Id)
    {
        internal ImmutableArray<KeyValuePair<string, ParsedExpression>> Money { get; init; } = [];

        /// <summary>A no passes it by with its <c>do</c>, and the procedure goes on.</summary>
        public bool Optional { get; init; }

        /// <summary>The call that puts back what this one changes; null: it can't be undone.</summary>
        public ToolArguments? Undo { get; init; }

        /// <summary>The text that says why it can't be undone, below <c>procedures.</c>; null: nothing is said of it.</summary>
        public string? Final { get; init; }
    }

    /// <summary>Makes the call that was confirmed.</summary>
    public sealed record Do(string Id, string Confirmed, string Done) : ProcedureStep(Id)
    {
        internal ImmutableArray<KeyValuePair<string, ParsedExpression>> Money { get; init; } = [];
    }

    /// <summary>Goes on with another procedure and everything that is known.</summary>
    public sealed record ContinueWith(string Id, string Procedure) : ProcedureStep(Id);

    /// <summary>Gives the conversation to a person.</summary>
    public sealed record Handoff(string Id, string Reason) : ProcedureStep(Id);

    /// <summary>Ends the procedure here.</summary>
    public sealed record End(string Id) : ProcedureStep(Id);
}

/// <summary>A tool with expressions for its arguments.</summary>
public sealed record ToolArguments(string Tool)
{
    internal ImmutableArray<KeyValuePair<string, ParsedExpression>> With { get; init; } = [];
}
