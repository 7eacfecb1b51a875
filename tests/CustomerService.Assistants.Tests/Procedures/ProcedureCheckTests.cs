using CustomerService.Assistants.Procedures;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Settings;
using CustomerService.Assistants.Tests.Support;
using CustomerService.Assistants.Tools;
using CustomerService.Integrations.Orders;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace CustomerService.Assistants.Tests.Procedures;

/// <summary>A procedure that can't work is told with line, column and fix; one that is in use stays as it was.</summary>
public sealed class ProcedureCheckTests : IDisposable
{
    private const string Good = """
        name: cancel_order
        version: 1
        title: cancelling
        intents: [cancel_order]
        slots:
          order: { type: order, accept: [pending] }
          reason: { type: one_of, options: [no longer needed], words: reasons, ask: cancel_order.reason }
        steps:
          - ask: order
          - look_up: get_order
            with: { order_id: order }
            into: record
          - refuse: cancel_order.already
            when: record.status == 'cancelled'
          - ask: reason
          - id: cancel
            confirm: cancel_order
            with: { order_id: order, reason: reason }
            text: cancel_order.confirm
          - do: cancel
            done: cancel_order.done
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("procedures-");
    private readonly ToolGate _tools = new(ShopTools.OfOrders(Substitute.For<IOrderSystem>()));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void GoodProcedure_IsTakenAndToldInWords()
    {
        var report = new ProcedureCheck(_tools.Contracts, Assistant.Answers).Of(Good, "cancel_order.yaml");

        Assert.NotNull(report.Definition);
        Assert.Contains("cancel: puts cancel_order before the customer", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: cancel_order", "name: cancel_orders", "1:7", "in a file for 'cancel_order'")]
    [InlineData("type: order,", "type: ordr,", "6:18", "did you mean 'order'?")]
    [InlineData("- ask: reason", "- ask: reasn", "15:10", "did you mean 'reason'?")]
    [InlineData("look_up: get_order", "look_up: get_ordr", "10:14", "did you mean 'get_order'?")]
    [InlineData("look_up: get_order", "look_up: cancel_order", "10:14", "put it before them with 'confirm'")]
    [InlineData("{ order_id: order }", "{ order: order }", "11:", "takes no 'order'")]
    [InlineData("when: record.status ==", "when: recrd.status ==", "14:11", "did you mean 'record'?")]
    [InlineData("when: record.status == 'cancelled'", "when: record.status ==", "14:", "error")]
    [InlineData("- do: cancel", "- do: cancl", "20:9", "did you mean 'cancel'?")]
    [InlineData("reason: reason }", "}", "18:", "is called without 'reason'")]
    [InlineData("text: cancel_order.confirm", "text: cancel_order.confrm", "19:11", "no language has the text procedures.cancel_order.confrm")]
    [InlineData("version: 1", "version: one", "2:", "a number")]
    [InlineData("  - ask: order", "  - ask: order\n    do: cancel", "9:", "at once")]
    [InlineData("  - ask: reason", "  - say: cancel_order.already\n    values: { state: record.status }", "16:15", "call it 'found_state'")]
    [InlineData("intents:", "intentions:", "4:1", "did you mean 'intents'?")]
    public void Mistake_IsToldWithItsPlaceAndTheFix(string good, string bad, string place, string says)
    {
        var report = new ProcedureCheck(_tools.Contracts, Assistant.Answers).Of(Good.Replace(good, bad, StringComparison.Ordinal), "cancel_order.yaml");

        Assert.Null(report.Definition);
        Assert.Contains(report.Errors, error => error.ToString().Contains($"cancel_order.yaml:{place}", StringComparison.Ordinal) && error.ToString().Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryShippedProcedure_IsSound_InEveryLanguage()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Assistant.ContentFolder, "procedures"), "*.yaml"))
        {
            var report = new ProcedureCheck(_tools.Contracts, Assistant.Answers).OfFile(file);
            Assert.True(report.Findings.IsEmpty && report.Definition is not null, report.ToString());
        }
    }

    [Fact]
    public void EditedFile_IsTakenAtOnce_AndABadEditLeavesItAsItWas()
    {
        using var folder = Open(("cancel_order", Good));
        Assert.Equal(1, folder.StartedBy("cancel_order")!.Version);

        Write("cancel_order", Good.Replace("version: 1", "version: 22", StringComparison.Ordinal));
        folder.Look();
        Assert.Equal(22, folder.Find("cancel_order")!.Version);

        Write("cancel_order", Good.Replace("- ask: reason", "- ask: nothing_at_all", StringComparison.Ordinal));
        folder.Look();
        Assert.Equal(22, folder.Find("cancel_order")!.Version);

        File.Delete(Path.Combine(_folder.FullName, "cancel_order.yaml"));
        folder.Look();
        Assert.Null(folder.Find("cancel_order"));
    }

    [Theory]
    [InlineData("in  Ely,\n\u001b[2Jtoday", "in Ely, [2Jtoday")]
    [InlineData(2.5, "2.5")]
    [InlineData(null, "")]
    public void WhatAToolTold_IsSaidOnOneLine(object? told, string said) => Assert.Equal(said, ProcedureWording.Found(told));

    [Fact]
    public void WhatAToolTold_IsSaidAtNoLengthThatItLikes() => Assert.Equal(300, ProcedureWording.Found(string.Concat(Enumerable.Repeat("🎁", 5_000))).EnumerateRunes().Count());

    [Fact]
    public void ProcedureThatWasBad_IsInForce_WhenItsToolAndItsTextAreThere()
    {
        var (more, time) = (new ChangingTools(), new ManualTime());
        var texts = _folder.CreateSubdirectory("answers");
        foreach (var file in Directory.GetFiles(Path.Combine(Assistant.ContentFolder, "answers", "en")))
            File.Copy(file, Path.Combine(texts.CreateSubdirectory("en").FullName, Path.GetFileName(file)));
        using var answers = new AnswerBook(texts.FullName, time, NullLogger<AnswerBook>.Instance);
        using var folder = new ProcedureFolder(_folder.FullName, new ToolGate([], more), answers, time, NullLogger<ProcedureFolder>.Instance);
        Write("find_parcel", "name: find_parcel\nversion: 1\ntitle: a parcel\nintents: [delivery_period]\nidentity: none\nsteps:\n  - look_up: parcels.find\n    into: parcel\n  - say: find_parcel.where\n");
        folder.Look();
        Assert.Null(folder.Find("find_parcel"));

        more.Tools = [new FixedTool(new ToolContract("parcels.find", "Finds a parcel.", "parcels:use", []) { NeedsIdentity = false }, "Ely")];
        Assert.Null(folder.Find("find_parcel"));

        var words = Path.Combine(texts.FullName, "en", "procedures.yaml");
        File.AppendAllText(words, "\nfind_parcel:\n  where: It is on its way.\n");
        answers.Look();
        Assert.NotNull(folder.Find("find_parcel"));

        more.Tools = [];
        Assert.NotNull(folder.Find("find_parcel")); // it stays as it was; its calls are refused
    }

    [Fact]
    public void TwoProceduresForOneIntent_AreRefusedAtTheStart()
    {
        var fault = Assert.Throws<ContentFormatException>(() => Open(("cancel_order", Good), ("cancel_again", Good.Replace("name: cancel_order", "name: cancel_again", StringComparison.Ordinal))));
        Assert.Contains("'cancel_order' starts cancel_again and cancel_order", fault.Message, StringComparison.Ordinal);
    }

    private ProcedureFolder Open(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
            Write(name, text);
        return new ProcedureFolder(_folder.FullName, _tools, Assistant.Answers, new ManualTime(), NullLogger<ProcedureFolder>.Instance);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name + ".yaml"), text);
}
