using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Plans;

namespace CustomerService.Pipelines.Tests;

/// <summary>Every way in which a pipeline can be wrong is found before anything runs, at its line and column.</summary>
public sealed class PipelineCheckTests
{
    /// <summary>Two good tasks; the wrong line of a case is added as line 10 and following.</summary>
    private const string Good = """
        id: p
        models:
          writer: { provider: openai, model: gpt }
        context: { promises: "{{ inputs.sla_targets }}" }
        tasks:
          - id: first
            action: echo
            outputs: [a]
          - { id: second, action: echo, dependencies: [first] }

        """;

    private static readonly TestAction Picky = TestAction.Of("picky", ["need!", "may", "auto?"], ["x"], _ => throw new NotSupportedException());

    [Theory]
    [InlineData("  - { id: third, action: ehco }", 10, 26, "there is no action 'ehco'", "did you mean 'echo'?")]
    [InlineData("  - { id: third, action: echo, modle: writer }", 10, 32, "the task 'third' has no key 'modle'", "did you mean 'model'?")]
    [InlineData("  - { id: third, action: echo, model: riter }", 10, 39, "there is no model role 'riter'", "did you mean 'writer'?")]
    [InlineData("  - { id: third, action: echo, dependencies: [frist] }", 10, 47, "there is no task 'frist' to depend on", "did you mean 'first'?")]
    [InlineData("  - { id: third, action: echo, dependencies: first }", 10, 46, "'dependencies' of the task 'third' is a text, where a list is expected", "write 'dependencies: [first, second]'")]
    [InlineData("  - { id: third, action: echo, dependencies: [third] }", 10, 11, "the task 'third' waits for itself", "remove it")]
    [InlineData("  - { id: first, action: echo }", 10, 11, "the task id 'first' is already in line 6", "an id of its own")]
    [InlineData("  - { id: third, id: fourth, action: echo }", 10, 18, "the key 'id' is already in line 10", "remove one")]
    [InlineData("  - { id: 3rd, action: echo }", 10, 11, "the task id '3rd' is not a name", "beginning with a letter")]
    [InlineData("  - { id: inputs, action: echo }", 10, 11, "the task id 'inputs' is a word of expressions", "choose another")]
    [InlineData("  - { action: echo }", 10, 5, "a task has no id", "add 'id: my_task'")]
    [InlineData("  - { id: third }", 10, 5, "the task 'third' has no action", "add 'action:")]
    [InlineData("  - third", 10, 5, "a task is a text, where a map is expected", "write '- id: …'")]
    [InlineData("  - { id: third, action: echo, parameters: [1] }", 10, 44, "'parameters' of the task 'third' is a list, where a map is expected", "write indented")]
    [InlineData("  - { id: third, action: echo, parameters: { d: 1 } }", 10, 46, "echo has no parameter 'd'", "write one of a, b, c")]
    [InlineData("  - { id: third, action: picky }", 10, 5, "the task 'third' lacks the parameter 'need', which picky needs", "add 'need: …'")]
    [InlineData("  - { id: third, action: picky, parameters: { need: <AUTO>x</AUTO> } }", 10, 53, "the parameter 'need' of picky can't be <AUTO>", "<AUTO> is for auto")]
    [InlineData("  - { id: third, action: picky, parameters: { need: 1, auto: <AUTO></AUTO> } }", 10, 62, "<AUTO> has no instruction", "say what")]
    [InlineData("  - { id: third, action: picky, parameters: { need: 1, auto: 'be <AUTO>x</AUTO>' } }", 10, 66, "<AUTO> must be a parameter's whole value", "nothing around it")]
    [InlineData("  - { id: third, action: picky, parameters: { need: { deep: <AUTO>x</AUTO> } } }", 10, 61, "<AUTO> must be a parameter's whole value", "directly under")]
    [InlineData("  - { id: third, action: picky, parameters: { need: 1, auto: '<AUTO>{{ inputs.content }}</AUTO>' } }", 10, 62, "a template within <AUTO> is not evaluated", "remove it")]
    [InlineData("  - { id: third, action: echo, outputs: [z] }", 10, 42, "echo gives no output 'z'", "write one of a, b, c, task")]
    [InlineData("  - { id: third, action: echo, outputs: [a, a] }", 10, 45, "the output 'a' is listed twice", "remove one")]
    [InlineData("  - { id: third, action: echo, parameters: { a: \"{{ first.aa }}\" } }", 10, 59, "nobody provides 'first.aa'", "write one of a, b, c, task")]
    [InlineData("  - { id: third, action: echo, parameters: { a: \"x {{ frist.a }}\" } }", 10, 55, "nothing is called 'frist'", "did you mean 'first'?")]
    [InlineData("  - { id: third, action: echo, parameters: { a: 'it''s {{ frist.a }}' } }", 10, 59, "nothing is called 'frist'", "did you mean 'first'?")]
    [InlineData("  - { id: third, action: echo, parameters: { a: \"\\u0041\\n{{ frist.a }}\" } }", 10, 61, "nothing is called 'frist'", "did you mean 'first'?")]
    [InlineData("  - id: third\n    action: echo\n    parameters:\n      a: |\n        one\n        {{ frist.a }}", 15, 12, "nothing is called 'frist'", "did you mean 'first'?")]
    [InlineData("  - { id: third, action: echo, parameters: { a: \"{{ first.a \" } }", 10, 50, "the template is not closed", "write }}")]
    [InlineData("  - { id: third, action: echo, parameters: { a: \"{{ }}\" } }", 10, 53, "the expression is empty", "write a name")]
    [InlineData("  - { id: third, action: echo, parameters: { a: \"{{ lenght(1) }}\" } }", 10, 53, "there is no function 'lenght'", "did you mean 'length'?")]
    [InlineData("  - { id: third, action: echo, parameters: { a: \"{{ round() }}\" } }", 10, 53, "round takes 1 to 2 arguments, not 0", "write round(number, digits)")]
    [InlineData("  - { id: third, action: echo, parameters: { a: \"{{ context.promise }}\" } }", 10, 61, "'context:' has no entry 'promise'", "did you mean 'promises'?")]
    [InlineData("  - { id: third, action: echo, parameters: { a: \"{{ third.a }}\" } }", 10, 53, "the task 'third' reads its own outputs", "read another")]
    [InlineData("  - { id: third, action: echo, condition: first.a = 1 }", 10, 51, "'=' assigns nothing", "write ==")]
    [InlineData("  - { id: third, action: echo, condition: [1] }", 10, 43, "'condition' of the task 'third' is a list", "one line")]
    [InlineData("  - { id: third, action: echo, timeout: soon }", 10, 41, "the timeout 'soon' is not a time", "500ms, 10s or 2m")]
    [InlineData("  - { id: third, action: echo, timeout: 11m }", 10, 41, "the timeout '11m' is not a time", "500ms, 10s or 2m")]
    [InlineData("  - { id: third, action: echo, on_error: ignore }", 10, 42, "the error policy 'ignore' is unknown", "write fail, continue or retry(n)")]
    [InlineData("  - { id: third, action: echo, on_error: retry(9) }", 10, 42, "the error policy 'retry(9)' is unknown", "from 1 to 5")]
    [InlineData("  - { id: third, action: echo, on_error: retry(2), retries: 2 }", 10, 42, "both 'on_error: retry(…)' and 'retries'", "keep one")]
    [InlineData("  - { id: third, action: echo, retries: many }", 10, 41, "'retries' of the task 'third' is a text, where a number from 0 to 5 is expected", "write 'retries: 1'")]
    [InlineData("  - { id: third, action: echo, retries: 1.5 }", 10, 41, "where a whole number is expected", "write 'retries: 1'")]
    public void AWrongTask_IsFoundAtItsPlace(string lines, int line, int column, string message, string fix)
    {
        var finding = Bench.Only(Good + lines, Picky);

        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Equal(new SourcePosition(line, column), finding.At);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Contains(fix, finding.Fix, StringComparison.Ordinal);
        Assert.StartsWith($"test.yaml:{line}:{column}: error: ", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, 1, "the file is empty")]
    [InlineData("# only a comment", 1, 1, "the file is empty")]
    [InlineData("just text", 1, 1, "the file holds a text")]
    [InlineData("- a\n- b", 1, 1, "the file holds a list")]
    [InlineData("id: p\ntasks:\n  - id: a\n   action: echo", 4, 4, "this is not valid YAML")]
    [InlineData("id: p\nname: 'open", 2, 7, "this is not valid YAML")]
    [InlineData("id: p\ntasks: [{ id: a, action: echo }]\n---\nid: q", 3, 1, "the file has a second document")]
    [InlineData("tasks: [{ id: a, action: echo }]", 1, 1, "a pipeline has no id")]
    [InlineData("id: p", 1, 1, "the pipeline has no tasks")]
    [InlineData("id: p\ntasks: []", 1, 1, "the pipeline has no tasks")]
    [InlineData("id: p\ntask: []\ntasks: [{ id: a, action: echo }]", 2, 1, "a pipeline has no key 'task'")]
    [InlineData("id: p\nmodels: { w: gpt }\ntasks: [{ id: a, action: echo }]", 2, 14, "the model role 'w' is a text")]
    [InlineData("id: p\nmodels: { w: { provider: x, model: y, temperature: hot } }\ntasks: [{ id: a, action: echo }]", 2, 52, "'temperature' of the model role 'w' is a text")]
    [InlineData("id: p\nmodels: { w: { provider: x, model: y, rate_limit: 0 } }\ntasks: [{ id: a, action: echo }]", 2, 51, "a number from 1 to 1000000 is expected")]
    [InlineData("id: p\nmodels: { w: { provider: x } }\ntasks: [{ id: a, action: echo }]", 2, 14, "the model role 'w' has no model")]
    [InlineData("id: p\ncontext: { c: \"{{ a.task }}\" }\ntasks: [{ id: a, action: echo }]", 2, 19, "'a' is not known yet where 'context:' is evaluated")]
    [InlineData("id: p\ncontext: { c: <AUTO>x</AUTO> }\ntasks: [{ id: a, action: echo }]", 2, 15, "<AUTO> must be a parameter's whole value")]
    [InlineData("id: p\ntasks: [{ id: a, action: echo, name: !!str 3 }]", 2, 38, "the tag tag:yaml.org,2002:str is not supported")]
    [InlineData("id: p\nname: *nobody\ntasks: [{ id: a, action: echo }]", 2, 7, "the alias *nobody has no anchor before it")]
    [InlineData("id: p\nmetadata: &m { a: *m }\ntasks: [{ id: a, action: echo }]", 2, 19, "stands inside its own anchor")]
    [InlineData("id: p\nmetadata: { <<: { a: 1 } }\ntasks: [{ id: a, action: echo }]", 2, 13, "merge keys (<<) are not supported")]
    [InlineData("id: p\nmetadata: { ? [a] : 1 }\ntasks: [{ id: a, action: echo }]", 2, 15, "a key is a list")]
    public void AWrongFile_IsFoundAtItsPlace(string yaml, int line, int column, string message)
    {
        var finding = Bench.Only(yaml);

        Assert.Equal((FindingSeverity.Error, new SourcePosition(line, column)), (finding.Severity, finding.At));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Fix);
    }

    [Fact]
    public void ACircle_IsNamedWithItsPath()
    {
        var finding = Bench.Only("""
            id: p
            tasks:
              - { id: start, action: echo }
              - { id: a, action: echo, dependencies: [c, start] }
              - { id: b, action: echo, parameters: { a: "{{ a.task }}" }, outputs: [task] }
              - { id: c, action: echo, condition: b.task == 'b', dependencies: [b] }
              - { id: after, action: echo, dependencies: [c] }
            """.Replace("{ id: a, action: echo, ", "{ id: a, action: echo, outputs: [task], ", StringComparison.Ordinal));

        Assert.Equal("tasks wait for each other in a circle: a → b → c → a", finding.Message);
        Assert.Equal(new SourcePosition(4, 11), finding.At);
    }

    [Fact]
    public void SeveralErrors_AreReportedTogether_InTheOrderOfTheFile()
    {
        var report = Bench.Check(Good + """
              - { id: third, action: nobody, parameters: { a: "{{ first.zz }}" }, dependencies: [fourth] }
              - { id: fifth, action: echo, parameters: { q: "{{ nothing }}" } }
            """);

        Assert.Null(report.Plan);
        Assert.Equal([10, 10, 10, 11, 11], report.Errors.Select(error => error.At.Line));
        Assert.Equal(5, report.PlanOrThrowMessage().Split('\n').Length);
    }

    [Fact]
    public void AnUndeclaredButProvidedOutput_IsAWarning_AndRuns()
    {
        var report = Bench.Check(Good + "  - { id: third, action: echo, parameters: { a: \"{{ first.task }}\" } }");

        var warning = Assert.Single(report.Findings);
        Assert.Equal((FindingSeverity.Warning, new SourcePosition(10, 59)), (warning.Severity, warning.At));
        Assert.Equal("add '- task' to 'outputs:' of 'first' (line 6)", warning.Fix);
        Assert.NotNull(report.Plan);
    }

    [Theory]
    [InlineData("{{ inputs.contents }}", 60, "did you mean 'content'?")]
    [InlineData("text {% if x %}", 55, "write {{ a if condition else b }}")]
    public void WhatIsOnlySuspicious_IsAWarning(string value, int column, string fix)
    {
        var report = Bench.Check(Good + $"  - {{ id: third, action: echo, parameters: {{ a: \"{value}\" }} }}");

        var warning = Assert.Single(report.Findings);
        Assert.Equal((FindingSeverity.Warning, new SourcePosition(10, column)), (warning.Severity, warning.At));
        Assert.Contains(fix, warning.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void ADeclaredInput_IsNoWarning() =>
        Assert.Empty(Bench.Check("id: p\ninputs: [shop]\ntasks: [{ id: a, action: echo, parameters: { a: \"{{ inputs.shop }}\" } }]").Findings);

    [Fact]
    public void Reading_MakesADependency()
    {
        var plan = Bench.Plan("""
            id: p
            tasks:
              - { id: last, action: echo, condition: middle, parameters: { a: ["x", { k: "{{ first.a }}" }] } }
              - { id: middle, action: echo }
              - { id: first, action: echo, outputs: [a] }
            """);

        Assert.Equal([1, 2], plan.Tasks[0].Dependencies.AsEnumerable());
        Assert.Equal([1, 0, 0], plan.Tasks.Select(task => task.Stage));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5s", 1.5)]
    [InlineData("2m", 120)]
    public void Timeouts_AreReadWithUnits(string written, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Bench.Plan($"id: p\ntasks: [{{ id: a, action: echo, timeout: {written} }}]").Tasks[0].Timeout);

    [Theory]
    [InlineData("", false, 0)]
    [InlineData(", on_error: continue", true, 0)]
    [InlineData(", on_error: retry(3)", false, 3)]
    [InlineData(", on_error: continue, retries: 2", true, 2)]
    public void ErrorPolicies_AreRead(string written, bool goesOn, int retries) =>
        Assert.Equal(new ErrorPolicy(goesOn, retries), Bench.Plan($"id: p\ntasks: [{{ id: a, action: echo{written} }}]").Tasks[0].OnError);

    [Fact]
    public void TheDefaults_AreThirtySecondsAndFail()
    {
        var task = Bench.Plan("id: p\ntasks: [{ id: a, action: echo }]").Tasks[0];

        Assert.Equal((TimeSpan.FromSeconds(30), ErrorPolicy.Fail), (task.Timeout, task.OnError));
    }

    [Fact]
    public void AliasBombs_DeepNesting_AndHugeFiles_AreRefused()
    {
        var bomb = "id: p\nmetadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 9).Select(i => $"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Assert.Contains("more than 50,000 values", Bench.Only(bomb).Message, StringComparison.Ordinal);
        Assert.Contains("nested deeper than 40 levels", Bench.Only("id: " + new string('[', 60) + new string(']', 60)).Message, StringComparison.Ordinal);
        Assert.Contains("1,000,000 are allowed", Bench.Only("id: " + new string('x', YamlText.MaxLength)).Message, StringComparison.Ordinal);
        Assert.Contains("nested deeper", Bench.Only("id: " + new string('[', 500_000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAliasedValue_StandsForTheAnchored()
    {
        var plan = Bench.Plan("id: p\nmetadata: &m { x: 1 }\ntasks: [{ id: a, action: echo, parameters: { a: *m } }]");

        Assert.Single(plan.Tasks);
    }

    [Fact]
    public void FilesThatCantBeRead_AreFindings()
    {
        var checker = new PipelineChecker([TestAction.Echo]);
        var binary = Path.GetTempFileName();
        File.WriteAllBytes(binary, [0x69, 0xC3, 0x28, 0xFF]);

        Assert.Contains("there is no such file", Assert.Single(checker.CheckFile(binary + ".nowhere").Findings).Message, StringComparison.Ordinal);
        Assert.Contains("not UTF-8", Assert.Single(checker.CheckFile(binary).Findings).Message, StringComparison.Ordinal);
        Assert.Contains("can't be read", Assert.Single(checker.CheckFile(Path.GetTempPath()).Findings).Message, StringComparison.Ordinal);
        File.Delete(binary);
    }

    [Fact]
    public void TheReport_ShowsTheSteps()
    {
        var report = Bench.Check("""
            id: p
            version: "2"
            tasks:
              - { id: one, action: echo }
              - { id: other, action: echo, timeout: 5s, on_error: continue }
              - { id: last, action: echo, condition: one.a, dependencies: [other] }
            """.Replace("one, action: echo", "one, action: echo, outputs: [a]", StringComparison.Ordinal));

        Assert.Equal(
            """
            test.yaml: 0 errors, 0 warnings; p 2, 3 tasks
              1. one    echo  
                 other  echo  timeout 5 s; on error continue
              2. last   echo  after one, other; if one.a
            """,
            report.ToString());
    }

    [Fact]
    public void TwoActionsOfOneName_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new PipelineChecker([TestAction.Echo, TestAction.Echo]));

    [Fact]
    public void RandomEdits_OfAPipeline_AreFoundOrHarmless()
    {
        var text = File.ReadAllText(Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "pipelines", "default.yaml"));
        var checker = TwelveActions.Checker();
        const int Seed = 4711;
        var random = new Random(Seed);
        const string Noise = "{}[]:\"'-,&*!|>%@#?\t\n \\xé\0";
        for (var round = 0; round < 400; round++)
        {
            var edited = new System.Text.StringBuilder(text);
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(edited.Length);
                if (random.Next(2) == 0)
                    edited.Remove(at, Math.Min(edited.Length - at, random.Next(1, 30)));
                else
                    edited.Insert(at, Noise[random.Next(Noise.Length)]);
            }

            try
            {
                var report = checker.Check(edited.ToString(), "edited.yaml");
                Assert.True(report.Plan is not null || report.Errors.Any());
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {Seed}, round {round}\n{fault}");
            }
        }
    }
}

internal static class ReportExtensions
{
    /// <summary>What whoever needs the plan is told.</summary>
    public static string PlanOrThrowMessage(this PipelineCheckReport report) => Assert.Throws<PipelineFormatException>(report.PlanOrThrow).Message;
}
