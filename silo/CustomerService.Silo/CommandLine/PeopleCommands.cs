using System.Collections.Immutable;
using System.CommandLine;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Staff;
using CustomerService.Silo.Accounts;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>people list|add|roles|…</c>: who works here, and what they may do.</summary>
internal static class PeopleCommands
{
    public static Command Create()
    {
        var command = new Command("people", "Who works here, and what they may do.");
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateAdd());
        command.Subcommands.Add(CreateRoles());
        command.Subcommands.Add(CreateAct(
            "reset-password", "Give somebody a new password to begin with; it also ends a lockout.", async (accounts, id, cancellation) => Shown(id, await accounts.ResetPasswordAsync(id, cancellation))));
        command.Subcommands.Add(CreateAct("disable", "Let somebody in no more.", (accounts, id, cancellation) => Said(accounts.DisableAsync(id, cancellation), $"{id} can't sign in any more.")));
        command.Subcommands.Add(CreateAct("enable", "Let somebody in again.", (accounts, id, cancellation) => Said(accounts.EnableAsync(id, cancellation), $"{id} can sign in again.")));
        command.Subcommands.Add(CreateAct("reset-second-factor", "Take a second factor away, when the device and the recovery codes are lost.", (accounts, id, cancellation) =>
            Said(accounts.ResetSecondFactorAsync(id, cancellation), $"{id} has no second factor now.")));
        return command;
    }

    /// <summary>The flag that names roles.</summary>
    internal static Option<string[]> Roles()
    {
        var roles = new Option<string[]>("--roles") { Description = $"One or more of {string.Join(", ", RoleNames.All)}, separated by commas.", Required = true, HelpName = "NAMES" };
        roles.Validators.Add(result =>
        {
            try
            {
                RoleNames.Parse(Split(result.GetValueOrDefault<string[]>()));
            }
            catch (FormatException fault)
            {
                result.AddError(fault.Message);
            }
        });
        return roles;
    }

    internal static ImmutableArray<string> Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>Everybody and every token, as stored.</summary>
    internal static async Task<PeopleList> ReadAsync(WhichSystem system, ParseResult parsed, CancellationToken cancellation)
    {
        await using var store = await system.OpenAsync(parsed, cancellation);
        return PeopleList.Of((PeopleView)await store.Grains.AskAsync(Grain.Staff, new GetPeople(), cancellation));
    }

    private static Command CreateList()
    {
        var system = new WhichSystem();
        var list = new Command("list", "List them, by id.").With(system.Options);
        list.SetAction(async (parsed, cancellation) =>
        {
            var people = (await ReadAsync(system, parsed, cancellation)).People;
            foreach (var person in people)
                Console.WriteLine($"{person.Id,-16}  {person.Name,-24}  {string.Join(",", person.Roles),-28}  {State(person)}");
            Console.WriteLine(people.IsEmpty ? "Nobody yet: the first start makes an administrator." : $"{people.Length} {(people.Length == 1 ? "person" : "people")}.");
            return 0;
        });
        return list;
    }

    private static Command CreateAdd()
    {
        var id = Id();
        var name = new Option<string?>("--name") { Description = "Their name. Default: the id.", HelpName = "TEXT" };
        var email = new Option<string?>("--email") { Description = "Their e-mail address, by which they can sign in too.", HelpName = "ADDRESS" };
        var roles = Roles();
        return Create("add", "Add somebody; shows a password to begin with.", [id], [name, email, roles], async (accounts, parsed, cancellation) =>
        {
            var person = new NewPerson(parsed.GetRequiredValue(id), parsed.GetValue(name), parsed.GetValue(email), Split(parsed.GetValue(roles)));
            return Shown(person.Id!, await accounts.AddAsync(person, cancellation));
        });
    }

    private static Command CreateRoles()
    {
        var (id, roles) = (Id(), Roles());
        return Create("roles", "Say what somebody may do, instead of what they may now; their sessions are over.", [id], [roles], (accounts, parsed, cancellation) =>
        {
            var (who, names) = (parsed.GetRequiredValue(id), Split(parsed.GetValue(roles)));
            return Said(accounts.ChangeRolesAsync(who, new RoleChange(names), cancellation), $"{who} is {string.Join(", ", names)} now.");
        });
    }

    private static Command CreateAct(string verb, string description, Func<IAccounts, string, CancellationToken, Task<string>> act)
    {
        var id = Id();
        return Create(verb, description, [id], [], (accounts, parsed, cancellation) => act(accounts, parsed.GetRequiredValue(id), cancellation));
    }

    /// <summary>A command that changes accounts and says what came of it.</summary>
    internal static Command Create(
        string verb, string description, IEnumerable<Argument> arguments, IEnumerable<Option> options, Func<IAccounts, ParseResult, CancellationToken, Task<string>> act)
    {
        var whose = new WhoseAccounts();
        var command = new Command(verb, description).With([.. options, .. whose.Options]);
        foreach (var argument in arguments)
            command.Arguments.Add(argument);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var accounts = await whose.OpenAsync(parsed, cancellation);
            Console.WriteLine(await act(accounts, parsed, cancellation));
            return 0;
        });
        return command;
    }

    internal static async Task<string> Said(Task done, string words)
    {
        await done;
        return words;
    }

    private static Argument<string> Id() => new("ID") { Description = "What they sign in by." };

    private static string Shown(string id, string password) => $"{id} signs in once with {password} (shown nowhere again) and chooses a password then.";

    private static string State(StaffPersonEntry person) => person switch
    {
        { Disabled: true } => "disabled",
        { LockedUntil: { } until } => $"tried too often, locked until {until:yyyy-MM-dd HH:mm} UTC",
        { MustChangePassword: true } => "has not chosen a password yet",
        { HasSecondFactor: true } => "with a second factor",
        _ => "",
    };
}
