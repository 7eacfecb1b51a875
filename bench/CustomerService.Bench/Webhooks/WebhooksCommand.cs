using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Doors;
using CustomerService.Bench.Figures;
using CustomerService.Channels.Accounts;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Webhooks;

/// <summary><c>webhooks</c>: messages a second through each provider's webhook, beside an endpoint that only checks the signature, in turns.</summary>
internal static class WebhooksCommand
{
    public static Command Create()
    {
        var messages = CommonOptions.Number("--messages", 2_000, 1, 100_000, "Different messages in each run.");
        var senders = CommonOptions.Number("--senders", 500, 1, 10_000, "Senders that they come from in turn; each has one conversation.");
        var window = CommonOptions.Number("--window", 64, 1, 1_024, "Requests under way at once.");
        var rounds = CommonOptions.Number("--rounds", 5, 1, 100, "Rounds of ours, bare, bare, ours.");
        var command = new Command("webhooks", "Messages a second, durable before the provider is answered, through the webhook of each kind of account; and of a bare endpoint with the same signature check.")
        {
            messages, senders, window, rounds,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = new WebhookPlan(parsed.GetValue(messages), parsed.GetValue(senders), parsed.GetValue(window));
            Machine.Print($"webhooks: {plan.Messages} signed requests of {plan.Senders} senders a run, {plan.Window} under way; each server in a process of its own");
            Console.WriteLine("  ours is durable (D2: committed and fsynced) before it answers, and people have the conversations; bare checks the signature and answers 200");
            await using var bare = await DoorCommand.StartAsync(DoorCommand.Bare, null, MeasuredAccounts.Secrets, cancellation);
            using var accounts = new MeasuredAccounts(new Uri(new Uri(bare.First), BareWebhooks.Api));
            await using var ours = await DoorCommand.StartAsync(DoorCommand.Ours, accounts.Content, MeasuredAccounts.Secrets, cancellation);
            using var run = new WebhookRun(ours, bare, accounts.Settings, plan);
            // Until the compiler has made its best of what all of them share.
            foreach (var account in accounts.Settings.Accounts)
                await run.MeasureAsync(account, 0, cancellation);
            var isValid = true;
            foreach (var account in accounts.Settings.Accounts)
                isValid &= Report(account, await run.MeasureAsync(account, parsed.GetValue(rounds), cancellation));
            return isValid ? 0 : SiloCommandLine.Failed;
        });
        return command;
    }

    private static bool Report(AccountSettings account, WebhookFigures figures)
    {
        var (ours, bare) = (new Samples(figures.Ours.Select(each => each.PerSecond)), new Samples(figures.Bare.Select(each => each.PerSecond)));
        Print($"  {account.Name} (load {Machine.LoadAverage()})");
        Print($"    ours / bare      {new Samples(figures.Ours.Zip(figures.Bare, (mine, its) => mine.PerSecond / its.PerSecond)).MedianAndRange("0.000")}");
        Print($"    ours             {ours.MedianAndRange("0")} messages/s; {new Samples(figures.Ours.Select(each => each.Processor)).MedianAndRange("0")} us of processor time a message");
        Print($"    bare             {bare.MedianAndRange("0")} messages/s; {new Samples(figures.Bare.Select(each => each.Processor)).MedianAndRange("0")} us");
        foreach (var fault in figures.Faults)
            Print($"    VOID: {fault}");
        return figures.Faults.Count == 0;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
