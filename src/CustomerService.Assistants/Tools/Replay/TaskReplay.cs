using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Identity;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Tools.Replay;

/// <summary>What came of one task.</summary>
/// <param name="Outcomes">For each action <c>ok</c> or <c>error: …</c>.</param>
/// <param name="Changed">The records that differ from before, by kind and id, in their final form.</param>
/// <param name="Note">How the customer was known, where the task does not say so itself; else null.</param>
public sealed record ReplayedTask(ReplayTask Task, ImmutableArray<string> Outcomes, JsonObject Changed, string? Note);

/// <summary>Runs a task's actions through the gate, on a shop of its own. Writes count as confirmed by the task.</summary>
public sealed class TaskReplay(StoredOrders shop, TimeProvider time)
{
    private static readonly TimeSpan ProofHolds = TimeSpan.FromMinutes(30);

    private readonly ToolGate _gate = new(ShopTools.OfOrders(shop));
    private readonly IdentityCheck _identity = new(shop, time);
    private ProvenIdentity? _subject;
    private string? _note;

    public async Task<ReplayedTask> RunAsync(ReplayTask task, CancellationToken cancellation)
    {
        var orders = (await shop.AllOrdersAsync(cancellation)).ToDictionary(order => order.Id, RetailExport.Of, StringComparer.Ordinal);
        var customers = (await shop.AllCustomersAsync(cancellation)).ToDictionary(customer => customer.Id, RetailExport.Of, StringComparer.Ordinal);
        var finds = task.Actions.Any(action => action.Name.StartsWith("find_user_id_", StringComparison.Ordinal));
        var outcomes = ImmutableArray.CreateBuilder<string>(task.Actions.Length);
        foreach (var action in task.Actions)
        {
            if (!finds && _subject is null)
                await AssumeAsync(action, cancellation);
            outcomes.Add(await OutcomeAsync(task, action, outcomes.Count, cancellation));
        }

        var changed = new JsonObject();
        Add(changed, "orders", (await shop.AllOrdersAsync(cancellation)).Select(order => (order.Id, RetailExport.Of(order))), orders);
        Add(changed, "users", (await shop.AllCustomersAsync(cancellation)).Select(customer => (customer.Id, RetailExport.Of(customer))), customers);
        return new ReplayedTask(task, outcomes.DrainToImmutable(), changed, _note);
    }

    private static void Add(JsonObject changed, string kind, IEnumerable<(string Id, JsonObject Record)> now, Dictionary<string, JsonObject> before)
    {
        var different = new JsonObject();
        foreach (var (id, record) in now)
        {
            if (!JsonNode.DeepEquals(record, before.GetValueOrDefault(id)))
                different[id] = record;
        }

        if (different.Count > 0)
            changed[kind] = different;
    }

    private async ValueTask<string> OutcomeAsync(ReplayTask task, ReplayAction action, int step, CancellationToken cancellation)
    {
        if (action.Name is "find_user_id_by_email" or "find_user_id_by_name_zip")
            return await ProveAsync(action, cancellation) ? "ok" : "error: user not found";
        if (BenchmarkTools.OurName(action.Name) is not { } tool)
            return $"error: there is no tool for '{action.Name}'";
        if (Text(action, "user_id") is { } user && user != _subject?.CustomerId)
            return "error: user not found";

        var call = new ToolCall(
            tool, BenchmarkTools.Arguments(action.Arguments), new ToolSubject("replay-" + task.Id, ChannelNames.Chat, "en", _subject), $"replay-{task.Id}:{step}:{tool}");
        if (_gate.Find(tool) is { Writes: true })
            call = call with { ConfirmedFingerprint = ToolFingerprint.Of(call) };
        return await _gate.CallAsync(call, cancellation) is ToolResult.Refused refused ? "error: " + BenchmarkTools.Words(tool, refused) : "ok";
    }

    // By name and postcode the customer proves who they are as in any conversation. An address alone is no proof for us; the benchmark takes it for one.
    private async ValueTask<bool> ProveAsync(ReplayAction action, CancellationToken cancellation)
    {
        var customer = Text(action, "email") is { } email
            ? await shop.FindCustomerByEmailAsync(email, cancellation)
            : await _identity.ProveAsync(new CustomerProof(null, [Text(action, "zip") ?? ""], [$"{Text(action, "first_name")} {Text(action, "last_name")}"]), cancellation);
        if (customer is not null && _subject is null)
            Know(customer.Id, $"{customer.FirstName} {customer.LastName}", Text(action, "email") is null ? null : "known by the email address that the task gives");
        return customer is not null && _subject?.CustomerId == customer.Id;
    }

    /// <summary>The task says nothing of who asks: then it is the owner of the first record that it names.</summary>
    private async ValueTask AssumeAsync(ReplayAction action, CancellationToken cancellation)
    {
        var owner = Text(action, "user_id")
            ?? (Text(action, "order_id") is { } order ? (await shop.FindOrderAsync(order, cancellation))?.CustomerId : null);
        if (owner is not null)
            Know(owner, owner, $"taken for {owner}, the owner of the first record that the task names");
    }

    private void Know(string customerId, string name, string? note)
    {
        var now = time.GetUtcNow();
        _subject = new ProvenIdentity(customerId, name, "basic", now, now + ProofHolds);
        _note = note;
    }

    private static string? Text(ReplayAction action, string name) => action.Arguments[name]?.GetValue<string>();
}
