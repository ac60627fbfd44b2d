Option Explicit

' Starts Python, the way xlwings does it: the workbook's name goes along, and xlwings finds it there.
' Nothing is loaded from the folder of a workbook (-P), and only the user's own settings name the program.

Public Function RunPython(ByVal statement As String, ByVal answer As String, Optional ByVal proof As String = "") As Boolean
    Dim program As String
    If Not StavazaIsFile(StavazaSettingsFile()) Then
        StavazaTell Replace(STAVAZA_T_NO_SETTINGS, "{file}", StavazaSettingsFile()), vbExclamation
        Exit Function
    End If
    program = StavazaProgram(StavazaRead(StavazaSettingsFile()))
    Application.StatusBar = STAVAZA_T_BUSY
    #If Mac Then
        RunPython = StavazaStartMac(program, statement, answer, proof)
    #Else
        If Not StavazaIsFile(program) Then
            Application.StatusBar = False
            StavazaLog "INTERPRETER " & program
            StavazaTell Replace(STAVAZA_T_NO_PYTHON, "{file}", program), vbExclamation
            Exit Function
        End If
        RunPython = StavazaStartWindows(StavazaCommandLine(program, statement, answer, proof, ActiveWorkbook.Name))
        Application.StatusBar = False
    #End If
End Function

Public Function StavazaProgram(ByVal content As String) As String
    #If Mac Then
        StavazaProgram = StavazaSetting(content, "INTERPRETER_MAC")
    #Else
        StavazaProgram = StavazaSetting(content, "INTERPRETER_WIN")
    #End If
End Function

Public Function StavazaCommandLine(ByVal program As String, ByVal statement As String, ByVal answer As String, ByVal proof As String, ByVal bookName As String) As String
    Dim textLine As String
    textLine = """" & program & """ -P -B -c """ & statement & """"
    textLine = textLine & " ""--wb=" & StavazaEncode(bookName) & """ --from_xl=1"
    textLine = textLine & " ""--answer=" & StavazaEncode(answer) & """"
    If StavazaIsProof(proof) Then textLine = textLine & " --proof=" & proof
    StavazaCommandLine = textLine
End Function

#If Mac Then
Private Function StavazaStartMac(ByVal program As String, ByVal statement As String, ByVal answer As String, ByVal proof As String) As Boolean
    Dim parts As String
    Dim trouble As String
    parts = StavazaEncode(program) & "|" & statement & "|" & StavazaEncode(ActiveWorkbook.Name)
    parts = parts & "|" & StavazaEncode(answer) & "|" & proof & "|" & StavazaEncode(StavazaLogFile())
    On Error GoTo Failed
    AppleScriptTask "stavaza.applescript", "StavazaStart", parts
    StavazaStartMac = True
    Exit Function
Failed:
    trouble = CStr(Err.Number) & " " & Err.Description
    Application.StatusBar = False
    StavazaLog "APPLESCRIPT " & trouble
    StavazaTell Replace(STAVAZA_T_NO_SCRIPT, "{log}", StavazaLogFile()), vbCritical
End Function
#Else
Private Function StavazaStartWindows(ByVal textLine As String) As Boolean
    Dim host As Object
    Dim exitCode As Long
    Dim trouble As String
    On Error GoTo Blocked
    Set host = CreateObject("WScript.Shell")
    exitCode = host.Run(textLine & " --hwnd=" & CStr(Application.Hwnd), 0, True)
    On Error GoTo 0
    If exitCode <> 0 Then StavazaLog "CODE " & CStr(exitCode) & " " & textLine
    StavazaStartWindows = True
    Exit Function
Blocked:
    trouble = CStr(Err.Number) & " " & Err.Description
    StavazaLog "BLOCKED " & trouble
    Application.StatusBar = False
    StavazaTell Replace(Replace(STAVAZA_T_BLOCKED, "{error}", trouble), "{log}", StavazaLogFile()), vbCritical
End Function
#End If
