using CustomerService.Assistants.Tests.Dialogues;
using CustomerService.Assistants.Tests.Support;

namespace CustomerService.Assistants.Tests.Procedures;

/// <summary>What happens around a procedure: crashes, edits in the middle, a later step that fails, a handoff.</summary>
public sealed class ProcedureTalkTests : IDisposable
{
    private const string Proof = "nora.ek@example.com 80202";

    // An owner's own: the account first, then an order.
    private const string Moving = """
        name: change_order_address
        version: 1
        title: moving house
        intents: [change_address]
        slots:
          order: { type: order, accept: [pending] }
          address: { type: address }
        steps:
          - look_up: get_profile
            into: profile
          - ask: order
          - ask: address
          - id: home
            confirm: change_my_address
            with: { address1: address.address1, city: address.city, state: address.state, country: address.country, zip: address.zip }
            text: change_my_address.confirm
            undo: { address1: profile.address.address1, city: profile.address.city, state: profile.address.state, country: profile.address.country, zip: profile.address.zip }
          - do: home
            done: change_my_address.done
          - id: send
            confirm: change_order_address
            with: { order_id: order, address1: address.address1, city: address.city, state: address.state, country: address.country, zip: address.zip }
            text: change_order_address.confirm
          - do: send
            done: change_order_address.done
        """;

    private static readonly string Shop = Path.Combine(Requires.RepositoryRoot, "tests", "CustomerService.Assistants.Tests", "Dialogues", "shop.json");

    private readonly DirectoryInfo _content = Directory.CreateTempSubdirectory("content-");

    public ProcedureTalkTests()
    {
        foreach (var file in Directory.GetFiles(Assistant.ContentFolder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_content.FullName, Path.GetRelativePath(Assistant.ContentFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => _content.Delete(recursive: true);

    [Fact]
    public async Task RunThatIsRepeatedAfterACrash_ChangesOnce_AndAnswersTheSame()
    {
        await using var stage = new DialogueStage(Shop);
        await stage.SayAsync("cancel order #W2000001 please, ordered by mistake");
        await stage.SayAsync("ivo.petrov@example.com 73301");

        var outcome = await stage.SayAsync("yes", runs: 3);

        Assert.Contains("is cancelled", outcome.Answer!.Text, StringComparison.Ordinal);
        var customer = await stage.Orders.FindCustomerAsync("ivo_petrov_2", default);
        Assert.Equal(17m, customer!.PaymentMethods[0].Balance);
        Assert.Equal(2, (await stage.Orders.FindOrderAsync("#W2000001", default))!.Payments.Length);
    }

    [Fact]
    public async Task CustomerWhomTheSiteSignedIn_ConfirmsAtOnce_AndNothingChangesBefore()
    {
        await using var stage = new DialogueStage(Shop);
        await stage.SignInAsync("ivo.petrov@example.com");

        var asked = await stage.SayAsync("cancel order #W2000001 please, ordered by mistake");
        Assert.Equal("pending", (await stage.Orders.FindOrderAsync("#W2000001", default))!.Status);
        Assert.Equal("ivo_petrov_2", asked.Identity!.CustomerId);
        var done = await stage.SayAsync("yes");

        Assert.Contains("is cancelled", done.Answer!.Text, StringComparison.Ordinal);
        Assert.Equal("cancelled", (await stage.Orders.FindOrderAsync("#W2000001", default))!.Status);
    }

    [Fact]
    public async Task CustomerWhomTheSiteSignedIn_ChangesNothingOfAnothersOrder()
    {
        await using var stage = new DialogueStage(Shop);
        await stage.SignInAsync("nora.ek@example.com");

        await stage.SayAsync("cancel order #W2000001 please, ordered by mistake");
        await stage.SayAsync("yes");

        Assert.Equal("pending", (await stage.Orders.FindOrderAsync("#W2000001", default))!.Status);
    }

    [Fact]
    public async Task LaterStepThatFails_OffersToUndoWhatWasDone_AndUndoesItAfterAYes()
    {
        await File.WriteAllTextAsync(FileOf("change_order_address"), Moving);
        await using var stage = new DialogueStage(Shop, _content.FullName);
        await stage.SayAsync("change the delivery address of order #W1000002 to 44 Oak Avenue, Boulder, CO 80301");
        await stage.SayAsync(Proof);
        var first = await stage.SayAsync("yes");
        Assert.Contains("text:procedures.change_my_address.done", first.Answer!.Sources);
        Assert.Contains("text:procedures.change_order_address.confirm", first.Answer.Sources);
        stage.SetStatus("#W1000002", "processed");

        var failed = await stage.SayAsync("yes");
        Assert.Contains("text:procedures.refused.not_pending", failed.Answer!.Sources);
        Assert.Contains("text:procedures.undo.offer", failed.Answer.Sources);
        Assert.Equal("44 Oak Avenue", (await stage.Orders.FindCustomerAsync("nora_ek_1", default))!.Address.Line1);

        var undone = await stage.SayAsync("yes");
        Assert.Contains("text:procedures.undo.done", undone.Answer!.Sources);
        Assert.Equal("12 Pine Street", (await stage.Orders.FindCustomerAsync("nora_ek_1", default))!.Address.Line1);
    }

    [Fact]
    public async Task LaterStepThatFails_AndCantBeUndone_GoesToAPerson_WhoSeesWhatWasDone()
    {
        await File.WriteAllLinesAsync(FileOf("change_order_address"), Moving.Split('\n').Where(line => !line.Contains("undo:", StringComparison.Ordinal)));
        await using var stage = new DialogueStage(Shop, _content.FullName);
        await stage.SayAsync("change the delivery address of order #W1000002 to 44 Oak Avenue, Boulder, CO 80301");
        await stage.SayAsync(Proof);
        await stage.SayAsync("yes");
        stage.SetStatus("#W1000002", "processed");

        var outcome = await stage.SayAsync("yes");

        Assert.Contains("done: do_home", outcome.Handoff!.Summary, StringComparison.Ordinal);
        Assert.Equal("do_home", Assert.Single(outcome.Handoff.Facts!.Procedure!.Done));
    }

    [Fact]
    public async Task OwnerWithoutALookUpProcedure_StillHasOrdersTold_InTheSameSentences()
    {
        await using var shipped = new DialogueStage(Shop);
        await shipped.SayAsync("Where is my order #W1000001?");
        var told = await shipped.SayAsync(Proof);
        File.Delete(FileOf("look_up_order"));
        await using var stage = new DialogueStage(Shop, _content.FullName);
        await stage.SayAsync("Where is my order #W1000001?");

        var outcome = await stage.SayAsync(Proof);

        Assert.Equal("look_up_order", told.Procedure!.Name);
        Assert.Null(outcome.Procedure);
        Assert.StartsWith(told.Answer!.Text, outcome.Answer!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VersionThatChangesInTheMiddle_StartsAgainWithWhatWasGathered()
    {
        await using var stage = new DialogueStage(Shop, _content.FullName);
        await stage.SayAsync("I want to return the lamp and the backpack from order #W1000001");
        var before = await stage.SayAsync(Proof);
        Assert.Equal(1, before.Procedure!.Version);

        var file = FileOf("return_items");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("version: 1", "version: 12", StringComparison.Ordinal).Replace("- ask: payment", "- ask: payment\n    id: where_to", StringComparison.Ordinal));
        stage.Procedures.Look();
        var after = await stage.SayAsync("to my credit card");

        Assert.Equal(12, after.Procedure!.Version);
        Assert.Contains("Desk Lamp (black)", after.Answer!.Text, StringComparison.Ordinal);
        Assert.Contains("Backpack (grey)", after.Answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handoff_CarriesWhatWasGathered_WithoutTheProceduresOwnNotes()
    {
        await using var stage = new DialogueStage(Shop);
        await stage.SayAsync("I want to return the t-shirt of order #W1000001");
        await stage.SayAsync(Proof);

        var outcome = await stage.SayAsync("I want to talk to a human being");

        Assert.Contains("return items", outcome.Handoff!.Summary, StringComparison.Ordinal);
        Assert.Contains("order #W1000001", outcome.Handoff.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("_intent", outcome.Handoff.Summary, StringComparison.Ordinal);
    }

    private string FileOf(string procedure) => Path.Combine(_content.FullName, "procedures", procedure + ".yaml");
}
