using System.Collections.Immutable;
using CustomerService.Assistants.Quality.Personal;

namespace CustomerService.Assistants.Quality;

/// <summary>Stable words for what the gate finds, for settings, figures and the journal.</summary>
public static class FindingKinds
{
    public const string Card = "card";
    public const string BankAccount = "bank_account";
    public const string NationalId = "national_id";
    public const string Secret = "secret";
    public const string Email = "email";
    public const string Address = "address";
    public const string Telephone = "telephone";
    public const string Prohibited = "prohibited";
    public const string Promise = "promise";

    /// <summary>One of the owner's rules.</summary>
    public const string Rule = "rule";

    public const string Empty = "empty";
    public const string Rude = "rude";
    public const string Sarcasm = "sarcasm";
    public const string Shouting = "shouting";
    public const string Cheer = "cheer";
    public const string NoEmpathy = "no_empathy";
    public const string FormOfAddress = "form_of_address";
    public const string Apologies = "apologies";
    public const string OffBrand = "off_brand";
    public const string SignOff = "sign_off";
    public const string Claim = "claim";
    public const string OrderState = "order_state";
    public const string OtherIntent = "other_intent";

    public static ImmutableArray<string> All { get; } =
    [
        Card, BankAccount, NationalId, Secret, Email, Address, Telephone, Prohibited, Promise, Rule, Empty, Rude, Sarcasm, Shouting, Cheer, NoEmpathy, FormOfAddress, Apologies, OffBrand,
        SignOff, Claim, OrderState, OtherIntent,
    ];

    internal static string Of(DetailKind kind) => kind switch
    {
        DetailKind.Card => Card,
        DetailKind.BankAccount => BankAccount,
        DetailKind.NationalId => NationalId,
        DetailKind.Secret => Secret,
        DetailKind.Email => Email,
        DetailKind.Address => Address,
        _ => Telephone,
    };
}
