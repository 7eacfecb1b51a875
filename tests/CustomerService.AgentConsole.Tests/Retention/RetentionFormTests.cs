using CustomerService.AgentConsole.Administration;
using CustomerService.AgentConsole.Retention;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Retention;
using CustomerService.Pipelines.Definitions.Editing;

namespace CustomerService.AgentConsole.Tests.Retention;

public sealed class RetentionFormTests
{
    private static readonly string Shipped = File.ReadAllText(Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", RetentionForm.File)).ReplaceLineEndings("\n");

    [Fact]
    public void What_is_chosen_changes_its_own_lines_of_the_owners_file_and_nothing_else()
    {
        var form = RetentionForm.Read(Shipped)!;
        Assert.Empty(form.Changes());
        Assert.Equal((KeepTime.ForeverWord, false), (form.Usual.Unit, form.Usual.HasCount));

        (form.Usual.Count, form.Usual.Unit) = (" 2 ", "y");
        (Of(form, ChannelNames.Chat).Count, Of(form, ChannelNames.Chat).Unit) = ("180", "d");
        Of(form, ChannelNames.Voice).Unit = KeepTime.ForeverWord;
        form.At.Now = "22:30";
        form.TimeZone.Now = "Europe/Berlin";

        Assert.Equal(
            [
                "-  conversations: forever", "-  channels: {}", "-  at: \"03:15\"", "-  time_zone: UTC",
                "+  conversations: 2y", "+  channels: { chat: 180d, voice: forever }", "+  at: \"22:30\"", "+  time_zone: Europe/Berlin",
            ],
            Changed(form));
        Assert.Equal("2y, chat 180d, voice forever; at 22:30 Europe/Berlin", form.Rules()!.ToString());
    }

    [Fact]
    public void What_the_file_says_is_shown_and_a_channel_that_is_as_all_is_taken_out()
    {
        var form = RetentionForm.Read("retention:\n  conversations: 18mo # as our lawyer says\n  channels:\n    chat: 90d\n    sms: forever\n")!;
        Assert.Equal(("18", "mo", "90", "d", "forever", ""), (form.Usual.Count, form.Usual.Unit, Of(form, ChannelNames.Chat).Count, Of(form, ChannelNames.Chat).Unit, Of(form, ChannelNames.Sms).Unit, Of(form, ChannelNames.Email).Unit));

        Of(form, ChannelNames.Chat).Unit = KeepRow.AsUsual;
        Assert.Equal("retention:\n  conversations: 18mo # as our lawyer says\n  channels:\n    sms: forever\n", YamlEdit.Apply("retention:\n  conversations: 18mo # as our lawyer says\n  channels:\n    chat: 90d\n    sms: forever\n", form.Changes()));
    }

    [Theory]
    [InlineData("0", "d")]
    [InlineData("", "mo")]
    [InlineData("1.5", "y")]
    [InlineData("many", "d")]
    [InlineData("101", "y")]
    public void What_is_no_length_of_time_is_wrong_and_makes_no_rules(string count, string unit)
    {
        var form = RetentionForm.Read(Shipped)!;
        (Of(form, ChannelNames.Email).Count, Of(form, ChannelNames.Email).Unit) = (count, unit);

        Assert.True(Of(form, ChannelNames.Email).IsWrong);
        Assert.Null(form.Rules());
    }

    [Fact]
    public void What_is_no_time_of_day_or_zone_makes_no_rules()
    {
        var form = RetentionForm.Read(Shipped)!;
        form.At.Now = "25:00";
        Assert.Null(form.Rules());
        (form.At.Now, form.TimeZone.Now) = ("", "Europe/Nowhere");
        Assert.Null(form.Rules());
        form.TimeZone.Now = "";
        Assert.Equal((RetentionRules.UsualAt, "UTC"), (form.Rules()!.At, form.Rules()!.TimeZone));
    }

    [Theory]
    [InlineData("retention: [a]\n")]
    [InlineData("retention:\n  conversations: 1y\n  channels: [chat]\n")]
    [InlineData("retention: {")]
    [InlineData("")]
    public void A_file_that_is_written_otherwise_is_left_to_the_file(string text) => Assert.Null(RetentionForm.Read(text));

    private static KeepRow Of(RetentionForm form, string channel) => form.Channels.Single(row => row.Channel == channel);

    private static IEnumerable<string> Changed(RetentionForm form) =>
        LineDifference.Of(Shipped, YamlEdit.Apply(Shipped, form.Changes())!).Where(line => !line.IsSame).Select(line => (line.After is null ? "-" : "+") + line.Text);
}
