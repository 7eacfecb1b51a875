using CustomerService.AgentConsole.Administration;
using CustomerService.Pipelines.Definitions.Editing;

namespace CustomerService.AgentConsole.Tests.Administration;

public sealed class QueueFormTests
{
    private static readonly string Shipped = File.ReadAllText(Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", QueueForm.File)).ReplaceLineEndings("\n");

    [Fact]
    public void What_is_typed_changes_its_own_lines_of_the_owners_file_and_nothing_else()
    {
        var form = QueueForm.Read(Shipped, "general")!;
        form.FirstResponse.Now = " 30s ";
        form.Calendar.Now = "office";
        form.Hours!.Week[0].Hours = "07:00-19:00";
        form.Hours.Week[1].Hours = "";
        form.Hours.SpecialDays.Add(new HoursLine("", "") { Days = "2026-12-31", Hours = "closed" });
        form.Relaxation.Add(new RelaxationRow { After = "2m", LowerBy = "1" });
        form.Relaxation.Add(new RelaxationRow { After = "5m", DropAll = true });

        Assert.Equal(
            [
                "-  general: { tier: tier1, escalate_to: second_line }",
                "+  general: { tier: tier1, escalate_to: second_line, service_levels: { first_response: 30s }, calendar: office, relaxation: [{ after: 2m, lower_by: 1 }, { after: 5m, drop_all: true }] }",
                "-      mon-fri: 08:00-12:00, 13:00-18:00",
                "-      sat: 10:00-14:00",
                "+      mon-fri: 07:00-19:00",
                "+      2026-12-31: closed",
            ],
            Changed(form));
    }

    [Fact]
    public void What_the_file_says_is_shown_and_what_is_emptied_is_taken_out()
    {
        var text = Shipped.Replace("managers: { tier: manager }", "managers: { tier: manager, service_levels: { resolution: 2h }, calendar: office, relaxation: [{ after: 1m, drop: [language.fr] }] }", StringComparison.Ordinal);
        var form = QueueForm.Read(text, "managers")!;

        Assert.Empty(form.Changes());
        Assert.Equal(("2h", "", "office", "language.fr"), (form.Resolution.Now, form.FirstResponse.Now, form.Calendar.Now, Assert.Single(form.Relaxation).Drop));
        Assert.Equal("mon-fri", form.Hours!.Week[0].Days);
        Assert.Empty(form.Hours.Others);
        Assert.Equal("managers", Assert.Single(QueueForm.Read(text, "general")!.Calendars[0].Others));

        (form.Resolution.Now, form.Calendar.Now) = ("", "");
        form.Relaxation.Clear();
        Assert.Equal(Shipped, YamlEdit.Apply(text, form.Changes()));
    }

    [Fact]
    public void A_queue_that_is_a_bare_list_is_left_to_the_file()
    {
        Assert.Null(QueueForm.Read("queues:\n  billing: [refund]\n", "billing"));
        Assert.Null(QueueForm.Read("queues: {", "billing"));
        Assert.Equal("queues:\n  a: { tier: x }\n  b: { calendar: day }\n", YamlEdit.Apply("queues:\n  a: { tier: x }\n  b:\n", Day(QueueForm.Read("queues:\n  a: { tier: x }\n  b:\n", "b")!).Changes()));
    }

    private static QueueForm Day(QueueForm form)
    {
        form.Calendar.Now = "day";
        return form;
    }

    private static IEnumerable<string> Changed(QueueForm form) =>
        LineDifference.Of(Shipped, YamlEdit.Apply(Shipped, form.Changes())!).Where(line => !line.IsSame).Select(line => (line.After is null ? "-" : "+") + line.Text);
}
