using System.Collections.Immutable;

namespace CustomerService.Assistants.Procedures;

/// <summary>The texts of procedures by name, in <c>content/answers/LANGUAGE/procedures.yaml</c>. A language without them has no procedures.</summary>
internal static class ProcedureTexts
{
    public const string Stopped = "procedures.stopped";
    public const string StoppedAfterChange = "procedures.stopped_after_change";
    public const string Back = "procedures.back";
    public const string NotUnderstood = "procedures.not_understood";
    public const string WhatToChange = "procedures.what_to_change";
    public const string Resume = "procedures.resume";
    public const string Switched = "procedures.switched";
    public const string NotAccepted = "procedures.not_accepted";
    public const string NotAvailable = "procedures.not_available";
    public const string NothingElse = "procedures.nothing_else";
    public const string MissingParts = "procedures.ask.address_missing";
    public const string UndoConfirm = "procedures.undo.confirm";
    public const string UndoDone = "procedures.undo.done";
    public const string UndoLeft = "procedures.undo.left";
    public const string UndoOffer = "procedures.undo.offer";
    public const string GiftCard = "procedures.method.gift_card";
    public const string Card = "procedures.method.credit_card";
    public const string OtherMethod = "procedures.method.other";
    public const string Dearer = "procedures.dearer";
    public const string Cheaper = "procedures.cheaper";
    public const string SamePrice = "procedures.same_price";

    /// <summary>What every language must have before it is served.</summary>
    public static ImmutableArray<string> Required { get; } =
    [
        Stopped, StoppedAfterChange, Back, NotUnderstood, WhatToChange, Resume, Switched, NotAccepted, NotAvailable, NothingElse, MissingParts,
        UndoConfirm, UndoDone, UndoLeft, UndoOffer, GiftCard, Card, OtherMethod, Dearer, Cheaper, SamePrice,
        .. Enum.GetValues<SlotType>().Where(type => type is not (SlotType.OneOf or SlotType.YesNo)).Select(AskFor), .. new[] { "address1", "city", "state", "zip" }.Select(Part),
    ];

    public static string Key(string name) => "procedures." + name;

    public static string AskFor(SlotType type) => "procedures.ask." + string.Concat(type.ToString().Select((letter, i) => char.IsAsciiLetterUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    public static string Title(string procedure) => "procedures.titles." + procedure;

    public static string Part(string part) => "procedures.parts." + part;

    public static string Refused(string code) => "procedures.refused." + code;
}
