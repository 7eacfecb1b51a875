using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff.Tests;

/// <summary>Every command that the staff may send, by somebody of every role: to what is theirs, and to what is another's.</summary>
public sealed class EveryActTests
{
    private const string Who = "wim";
    private const string Other = "ben";

    /// <summary>One command of each kind, as it is stored.</summary>
    private static readonly Dictionary<Type, string> Samples = File.ReadLines(Path.Combine(Requires.RepositoryRoot, "tests", "CustomerService.Grains.Tests", "Golden", "contracts.txt"))
        .Where(line => line.StartsWith("Command ", StringComparison.Ordinal)).Select(line => line.Split(' ', 3)[2])
        .GroupBy(json => Read(json).GetType()).ToDictionary(group => group.Key, group => group.Last());

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task EachAct_IsLetThrough_OrDeniedAndNoted_AsTheRolesPermissionsSay(Role role)
    {
        await using var company = new Company();
        var who = await company.HireAsync(Who, "green tea before noon", role);
        var wrong = new List<string>();
        foreach (var (type, act) in StaffActs.All)
        {
            foreach (var others in act.Owned ? new[] { false, true } : [false])
            {
                var command = Read(Samples[type].Replace("\"by\":\"a by\"", $"\"by\":\"{Who}\"", StringComparison.Ordinal).Replace("\"agentId\":\"a agentid\"", $"\"agentId\":\"{Who}\"", StringComparison.Ordinal)) with { Id = "" };
                var target = await TargetAsync(company, command, others ? Other : Who);
                var may = (others ? act.NeedsForOthers : act.Needs) is { } needed && Permissions.Of(role).Contains(needed);
                var before = company.Acts.Count();

                var passed = await PassesAsync(company.Door, who, target, command);

                var noted = company.Acts.Skip(before).Where(note => note.Who == Who && note.Act == StaffActs.NameOf(command)).Select(note => note.Outcome).FirstOrDefault((ActOutcome)(-1));
                var shouldBeNoted = !may ? ActOutcome.Denied : act.IsNoted && command is not Query ? ActOutcome.Allowed : (ActOutcome)(-1);
                if (passed != may)
                    wrong.Add($"{StaffActs.NameOf(command)} on {target} {(passed ? "passed" : "was denied")}");
                if (noted != shouldBeNoted)
                    wrong.Add($"{StaffActs.NameOf(command)} on {target} was noted as {noted}, not {shouldBeNoted}");
            }
        }

        Assert.Equal([], wrong);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task CommandsOfGrainsAmongThemselves_AreDeniedToEveryRole(Role role)
    {
        await using var company = new Company();
        var who = await company.HireAsync(Who, "green tea before noon", role);

        foreach (var (type, json) in Samples.Where(sample => !StaffActs.All.ContainsKey(sample.Key)))
            Assert.False(await PassesAsync(company.Door, who, Grain.Conversation("c-1"), Read(json)), type.Name);
    }

    /// <summary>Whether the door lets it through; what the grain says of it then is another matter.</summary>
    private static async Task<bool> PassesAsync(IStaffDoor door, StaffMember who, GrainId target, Command command)
    {
        try
        {
            await (command is Query query ? door.ReadAsync<Reply>(who, target, query) : door.DoAsync<Reply>(who, target, command));
            return true;
        }
        catch (StaffRefusedException refused)
        {
            return !refused.IsDenial;
        }
    }

    /// <summary>A grain that the command is for: a desk of that person, a conversation that they have.</summary>
    private static async Task<GrainId> TargetAsync(Company company, Command command, string holder)
    {
        var kind = StaffActs.NameOf(command).Split('.')[0];
        switch (kind)
        {
            case GrainKinds.Staff:
                return Grain.Staff;
            case GrainKinds.Audit:
                return Grain.Audit;
            case GrainKinds.Agent or GrainKinds.Personal:
                return new GrainId(kind, holder);
            case GrainKinds.Conversation:
                var conversation = Grain.Conversation(Guid.NewGuid().ToString("N"));
                await company.AskAsync(conversation, new ReceiveMessage(new Interaction("m-1", ChannelNames.Chat, "v-1", "hello", company.Time.GetUtcNow())));
                await company.AskAsync(conversation, new Transfer("delivery", 1, "", "system"));
                await company.AskAsync(conversation, new AssignAgent(holder, "delivery-1"));
                return conversation;
            default:
                return new GrainId(kind, "one");
        }
    }

    private static Command Read(string json) => JsonSerializer.Deserialize(json, GrainsJson.Default.Command)!;
}
