using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CustomerService.AgentConsole.SignIn;
using CustomerService.Bench.Doors;
using CustomerService.Bench.Memory;
using CustomerService.Gateway.Chat;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Staff;
using CustomerService.Runtime.InProcess;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using CustomerService.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Command = System.CommandLine.Command;
using IGrainClient = CustomerService.Grains.Turns.IGrainClient;

namespace CustomerService.Bench.Pages;

/// <summary><c>pages-door</c>: the console that is measured, or a bare page, in a process of its own. Not for people.</summary>
internal static class PagesDoor
{
    public const string Name = "pages-door";

    /// <summary>Asks for bytes of objects and bytes resident.</summary>
    public const string Memory = "memory";

    public static Command Create()
    {
        var which = new Argument<string>("which");
        var users = new Argument<int>("users");
        var command = new Command(Name) { which, users };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            await (parsed.GetValue(which) == DoorCommand.Ours ? ServeOursAsync(parsed.GetValue(users), cancellation) : ServeBareAsync(cancellation));
            return 0;
        });
        return command;
    }

    public static Task<ChildProcess> StartAsync(string which, int users, CancellationToken cancellation) =>
        ChildProcess.StartAsync([Name, which, users.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string>(), cancellation);

    /// <summary>The conversation that a user has open.</summary>
    public static string ConversationOf(int user) => string.Create(CultureInfo.InvariantCulture, $"page-{user:000}");

    private static async Task ServeOursAsync(int users, CancellationToken cancellation)
    {
        using var data = new TemporaryFolder();
        var settings = new SiloSettings { DataFolder = data.Path, Content = ContentFolder.Find(null), Listen = "http://127.0.0.1:0", MetricsPort = 0, Quiet = true };
        await using var silo = await RunningSilo.StartAsync(settings, cancellation);
        var services = silo.App.Services;
        var host = services.GetRequiredService<InProcessHost>();
        var writer = new PageWriter(services.GetRequiredService<MessageIntake>(), users);
        for (var user = 0; user < users; user++)
            await writer.BeginAsync(user, cancellation);
        while (host.WorkBacklog + host.WorkRunning + host.PendingTells > 0)
            await Task.Delay(10, cancellation);
        await AnswerAsync(silo.Address, async question => question.Split(' ') switch
        {
            ["cookie", var user] => await CookieAsync(services, user, cancellation),
            ["write", var perSecond, var seconds] => JsonSerializer.Serialize(await writer.PaceAsync(Number(perSecond), Number(seconds), cancellation)),
            _ => MemoryNow(),
        }, cancellation);
    }

    /// <summary>What the browser of an agent who has signed in carries.</summary>
    private static async Task<string> CookieAsync(IServiceProvider services, string user, CancellationToken cancellation)
    {
        var (grains, id) = (services.GetRequiredService<IGrainClient>(), $"agent-{user}");
        var identity = new OutsideIdentity("bench", id);
        await grains.AskAsync(Grain.Staff, new AddPerson(id, $"Agent {user}", null, [Role.Agent], null, "bench") { Id = identity.Subject, Identity = identity }, cancellation);
        await grains.AskAsync(Grain.Agent(id), new ConfigureAgent($"Agent {user}", ["general"], [], 3), cancellation);
        if (await services.GetRequiredService<StaffSignIn>().SignInByIdentityAsync(identity.Issuer, identity.Subject, null, cancellation) is not SignInResult.SignedIn signedIn)
            throw new CommandFailedException($"{id} could not be signed in.");
        var cookie = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(StaffClaims.Scheme);
        var ticket = new AuthenticationTicket(StaffClaims.PrincipalOf(signedIn.Member, "en"), StaffClaims.Scheme);
        return $"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(ticket)}";
    }

    private static async Task ServeBareAsync(CancellationToken cancellation)
    {
        await using var app = await BarePage.StartAsync(cancellation);
        await AnswerAsync(BarePage.AddressOf(app), _ => Task.FromResult(MemoryNow()), cancellation);
    }

    private static async Task AnswerAsync(Uri address, Func<string, Task<string>> answer, CancellationToken cancellation)
    {
        Console.WriteLine(address);
        while (await Console.In.ReadLineAsync(cancellation) is { } question)
            Console.WriteLine(await answer(question));
    }

    private static string MemoryNow()
    {
        var reading = MemoryReading.Take();
        return string.Create(CultureInfo.InvariantCulture, $"{reading.Managed} {reading.Resident}");
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}

/// <summary>The customers of those whose pages are measured.</summary>
internal sealed class PageWriter(MessageIntake intake, int users)
{
    /// <summary>The last user is the browser's: so often a message is theirs that there are enough of them to tell a percentile.</summary>
    private const int BrowsersShare = 25;

    private int _number;

    /// <summary>Whose conversation a numbered message is said in.</summary>
    public static int UserOf(int number, int users) => number % BrowsersShare == 0 ? users - 1 : number % (users - 1);

    /// <summary>Who asks for a person waits for one, so that no assistant answers in between.</summary>
    public async Task BeginAsync(int user, CancellationToken cancellation) => await SayAsync(user, "first", "I want to talk to a person, please.", cancellation);

    /// <summary>So many messages a second, in turn over all conversations.</summary>
    /// <returns>For each numbered text when it was durable, in ticks of <see cref="Stopwatch"/>.</returns>
    public async Task<Dictionary<int, long>> PaceAsync(int perSecond, int seconds, CancellationToken cancellation)
    {
        var said = new List<Task<(int Number, long At)>>();
        var began = Stopwatch.GetTimestamp();
        while (said.Count < perSecond * seconds)
        {
            var due = Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond;
            while (said.Count < Math.Min(due, perSecond * seconds))
                said.Add(SayNumberAsync(_number++, cancellation));
            await Task.Delay(1, cancellation);
        }

        return (await Task.WhenAll(said)).ToDictionary(each => each.Number, each => each.At);
    }

    private async Task<(int Number, long At)> SayNumberAsync(int number, CancellationToken cancellation)
    {
        await SayAsync(UserOf(number, users), string.Create(CultureInfo.InvariantCulture, $"u-{number}"), NumberedText.Of(number), cancellation);
        return (number, Stopwatch.GetTimestamp());
    }

    private Task<AcceptedMessage> SayAsync(int user, string id, string text, CancellationToken cancellation)
    {
        var conversation = PagesDoor.ConversationOf(user);
        return intake.AcceptAsync($"visitor-{conversation}", new SendMessage { ConversationId = conversation, MessageId = $"{conversation}-{id}", Text = text }, null, cancellation).AsTask();
    }
}
