@echo off
setlocal EnableExtensions DisableDelayedExpansion
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "PY=%~dp0..\runtime\python.exe"
set "START=%~dp0start.py"
set "JINGUO_BAT=%~nx0"
if not exist "%START%" goto unzip
if not exist "%PY%" goto other
"%PY%" -X utf8 "%START%" verify %*
goto done
:other
where py >nul 2>nul
if errorlevel 1 goto python
py -3 -c "" >nul 2>nul
if errorlevel 1 goto python
py -3 "%START%" verify %*
goto done
:python
python -c "" >nul 2>nul
if errorlevel 1 goto nothing
python "%START%" verify %*
goto done
:unzip
echo Please unzip the whole folder first, then double-click again.
powershell -NoProfile -Command "[Console]::WriteLine([string]::new([char[]](35831,20808,25226,25972,20010,21387,32553,21253,35299,21387,21040,19968,20010,25991,20214,22841,65292,20877,21452,20987,37324,38754,30340,25991,20214,12290)))" 2>nul
set "RC=9"
goto end
:nothing
echo Python 3.11 or newer is needed: https://www.python.org
powershell -NoProfile -Command "[Console]::WriteLine([string]::new([char[]](36825,21488,30005,33041,19978,27809,26377,32,80,121,116,104,111,110,12290,35831,29992,24102,36816,34892,29615,22659,30340,8220,24062,24124,21488,36134,8221,21387,32553,21253,65292,25110,32773,23433,35013,32,80,121,116,104,111,110,32,51,46,49,50,12290)))" 2>nul
set "RC=9"
goto end
:done
set "RC=%ERRORLEVEL%"
:end
if not defined NOPAUSE pause
setlocal EnableDelayedExpansion
if not "!CMDCMDLINE:/c=!"=="!CMDCMDLINE!" exit %RC%
exit /b %RC%
