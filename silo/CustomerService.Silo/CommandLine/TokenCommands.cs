using System.CommandLine;
using CustomerService.Gateway.Staff;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>tokens list|add|revoke</c>: what programs show instead of signing in.</summary>
internal static class TokenCommands
{
    private const int LongestDays = 3650;

    public static Command Create()
    {
        var command = new Command("tokens", "Tokens of programs that use the staff's API.");
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateAdd());
        command.Subcommands.Add(CreateRevoke());
        return command;
    }

    private static Command CreateList()
    {
        var system = new WhichSystem();
        var list = new Command("list", "List them, by id; the tokens themselves are kept nowhere.").With(system.Options);
        list.SetAction(async (parsed, cancellation) =>
        {
            var tokens = (await PeopleCommands.ReadAsync(system, parsed, cancellation)).Tokens;
            foreach (var token in tokens)
                Console.WriteLine($"{token.Id,-16}  {token.Name,-24}  {string.Join(",", token.Roles),-28}  {State(token)}");
            Console.WriteLine(tokens.IsEmpty ? "There are none." : $"{tokens.Length} {(tokens.Length == 1 ? "token" : "tokens")}.");
            return 0;
        });
        return list;
    }

    private static Command CreateAdd()
    {
        var id = new Argument<string>("ID") { Description = "What to call it." };
        var name = new Option<string?>("--name") { Description = "What it is for. Default: the id.", HelpName = "TEXT" };
        var days = CommonOptions.Number("--days", 0, 0, LongestDays, "For how many days it holds; 0: until it is revoked.");
        var roles = PeopleCommands.Roles();
        return PeopleCommands.Create("add", "Issue one; shows it once.", [id], [name, roles, days], async (accounts, parsed, cancellation) =>
        {
            DateTimeOffset? expiresAt = parsed.GetValue(days) is > 0 and var some ? TimeProvider.System.GetUtcNow().AddDays(some) : null;
            var token = new NewToken(parsed.GetRequiredValue(id), parsed.GetValue(name), PeopleCommands.Split(parsed.GetValue(roles)), expiresAt);
            return $"{await accounts.IssueTokenAsync(token, cancellation)}\n(shown nowhere again; send it as Authorization: Bearer TOKEN)";
        });
    }

    private static Command CreateRevoke()
    {
        var id = new Argument<string>("ID") { Description = "The id that 'tokens list' shows." };
        return PeopleCommands.Create("revoke", "Revoke one for good.", [id], [], (accounts, parsed, cancellation) =>
        {
            var token = parsed.GetRequiredValue(id);
            return PeopleCommands.Said(accounts.RevokeTokenAsync(token, cancellation), $"{token} holds no longer.");
        });
    }

    private static string State(StaffTokenEntry token) => token switch
    {
        { RevokedAt: { } at } => $"revoked {at:yyyy-MM-dd}",
        { ExpiresAt: { } at } => $"until {at:yyyy-MM-dd}",
        _ => "",
    };
}
